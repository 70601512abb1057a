import { computed, type ComputedRef, type ShallowRef } from 'vue'
import type { EditorSettings } from '../../../editor/core/editorSettings'
import type { Preview, ToolId } from '../../../editor/core/tool'
import type { OpenedPhoto } from '../desk/openedPhoto'

/** What the screen reads of the editor; undefined while no photo is open. */
export interface EditorState {
  /** But for the zoom, which is the picture's own. */
  readonly settings: ComputedRef<EditorSettings | undefined>
  readonly tool: ComputedRef<ToolId | undefined>
  readonly preview: ComputedRef<Preview | undefined>
  /** Differs after every change of a pixel. */
  readonly pixels: ComputedRef<number | undefined>
  /** Differs after every change of a lock. */
  readonly locks: ComputedRef<number | undefined>
  /** Differs whenever a step was added, taken back or done again. */
  readonly history: ComputedRef<string | undefined>
}

/**
 * The editor's parts, each new only when it is different: while the pointer moves over the photo nothing but the picture is
 * drawn again.
 * @param revision rises with everything that an editor tells
 */
export function useEditorState(
  current: Readonly<ShallowRef<OpenedPhoto | undefined>>,
  revision: Readonly<{ value: number }>,
): EditorState {
  const read = <Value>(of: (editor: OpenedPhoto['editor'], before: Value | undefined) => Value) =>
    computed<Value | undefined>(before => {
      void revision.value
      return current.value && of(current.value.editor, before)
    })
  return {
    settings: read<EditorSettings>(({ settings }, before) =>
      before !== undefined && isSameHand(before, settings) ? before : settings,
    ),
    tool: read(({ toolId }) => toolId),
    preview: read(({ preview }) => preview),
    pixels: read(({ document }) => document.version),
    locks: read(({ document }) => document.locks.version),
    history: read(({ history: { steps, position } }) => `${steps[0]?.id} ${steps.at(-1)?.id} ${position}`),
  }
}

/** Whether two settings differ in nothing but the zoom. */
function isSameHand(a: EditorSettings, b: EditorSettings): boolean {
  return a === b || JSON.stringify({ ...a, zoom: 1 }) === JSON.stringify({ ...b, zoom: 1 })
}
