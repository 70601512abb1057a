import type { Editor } from '../../../editor/core/editor'
import type { ToolId } from '../../../editor/core/tool'

/** Which size each tool has that has one; superpixels are a size apart. */
const sizes: Readonly<Partial<Record<ToolId, 'brush' | 'eraser' | 'spacing'>>> = {
  brush: 'brush',
  eraser: 'eraser',
  'void-brush': 'brush',
  'threshold-paint': 'brush',
  replace: 'brush',
  grow: 'brush',
  superpixel: 'spacing',
}

/** Px of the photo: the size of the tool in hand; undefined where it has none. */
export function sizeInHand({ toolId, settings }: Pick<Editor, 'toolId' | 'settings'>): number | undefined {
  const name = sizes[toolId]
  if (name === undefined) return undefined
  return name === 'spacing' ? settings.spacing : settings[name].size
}

/** @param size px of the photo; brought into bounds by the editor */
export function changeSize(editor: Editor, size: number): void {
  const name = sizes[editor.toolId]
  if (name === 'spacing') editor.configure({ spacing: size })
  else if (name !== undefined) editor.configure({ [name]: { ...editor.settings[name], size } })
}
