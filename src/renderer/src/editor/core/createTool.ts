import { WorkbenchError } from '../../../../shared/errors'
import type { Tool, ToolContext, ToolId } from './tool'
import { brushKinds } from './tools/brushKinds'
import { BrushTool } from './tools/brushTool'
import { FillTool } from './tools/fillTool'
import { PickTool } from './tools/pickTool'

/** A tool at rest. */
export function createTool(id: ToolId, context: ToolContext): Tool {
  const kind = brushKinds.find(brush => brush.id === id)
  if (kind) return new BrushTool(kind, context)
  switch (id) {
    case 'fill':
      return new FillTool(context)
    case 'pick':
      return new PickTool(context)
    default:
      throw new WorkbenchError('UNSUPPORTED', `There is no tool "${id}" yet.`)
  }
}
