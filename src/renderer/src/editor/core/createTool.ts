import { assertNever } from '../../../../shared/errors'
import type { Tool, ToolContext, ToolId } from './tool'
import { brushKinds } from './tools/brushKinds'
import { BrushTool } from './tools/brushTool'
import { fillKind } from './tools/fillKind'
import { growKind } from './tools/growKind'
import { PasteTool } from './tools/pasteTool'
import { PickTool } from './tools/pickTool'
import { PolygonTool } from './tools/polygonTool'
import { PressedTool } from './tools/pressedTool'
import { superpixelKind } from './tools/superpixelKind'
import { wandKind } from './tools/wandKind'

/** A tool at rest. */
export function createTool(id: ToolId, context: ToolContext): Tool {
  switch (id) {
    case 'brush':
    case 'eraser':
    case 'void-brush':
    case 'threshold-paint':
    case 'replace':
      return new BrushTool(brushKinds[id], context)
    case 'polygon-add':
    case 'polygon-subtract':
      return new PolygonTool(id, context)
    case 'fill':
      return new PressedTool(fillKind, context)
    case 'wand':
      return new PressedTool(wandKind, context)
    case 'superpixel':
      return new PressedTool(superpixelKind, context)
    case 'grow':
      return new PressedTool(growKind, context)
    case 'pick':
      return new PickTool(context)
    case 'paste':
      return new PasteTool(context)
    default:
      return assertNever(id)
  }
}
