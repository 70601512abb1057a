import type { Editor } from '../../editor/core/editor'
import type { ToolId } from '../../editor/core/tool'

const sizeless: readonly ToolId[] = ['polygon-add', 'polygon-subtract', 'fill', 'wand', 'pick', 'paste']

/** Which of the two sizes the tool in hand draws with; undefined where it has none. */
export function usedBrush({ toolId }: Pick<Editor, 'toolId'>): 'brush' | 'eraser' | undefined {
  if (toolId === 'eraser') return toolId
  return sizeless.includes(toolId) ? undefined : 'brush'
}

/** @param size px of the photo; brought into bounds by the editor */
export function changeSize(editor: Editor, size: number): void {
  const brush = usedBrush(editor)
  if (brush !== undefined) editor.configure({ [brush]: { ...editor.settings[brush], size } })
}
