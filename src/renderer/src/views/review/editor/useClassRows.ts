import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import type { LabelState } from '../../../../../shared/contract/states'
import { VOID } from '../../../../../shared/raster/palette'
import type { ClassRow } from '../../../components/review/classRow'
import { useCommandsStore } from '../../../stores/commands'
import { classColour } from '../../../styles/classColour'
import { editorTexts } from '../../../texts/editor'
import { classKey } from './useEditorCommands'
import type { OpenedPhoto } from '../desk/openedPhoto'
import type { EditorState } from './useEditorState'

/** Counting waits until nothing was drawn for so long, ms. */
const countAfterMs = 200
/** Pixels that are counted at most: of larger masks every so manieth row. */
const mostCounted = 4e6
const keyedClasses = 18

/** Grey: what nobody scores. */
export const voidColour = '#8a8a8a'
export const backgroundColour = 'transparent'

export function labelColour(label: number): string {
  if (label === 0) return '#ff7a33'
  return label === VOID ? voidColour : classColour(label - 1)
}

/** The labels to draw with, as the classes panel shows them. */
export function useClassRows(
  current: () => OpenedPhoto | undefined,
  { pixels, locks: lockChanges }: Pick<EditorState, 'pixels' | 'locks'>,
  names: () => readonly string[],
  labelled: () => ReadonlyMap<number, LabelState>,
) {
  const commands = useCommandsStore()
  const counts = shallowRef<ReadonlyMap<number, number>>(new Map())
  let timer: ReturnType<typeof setTimeout> | undefined
  watch([current, pixels], () => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      const photo = current()
      if (photo !== undefined && !photo.editor.isBusy) counts.value = labelShares(photo.editor.document)
    }, countAfterMs)
  })
  onScopeDispose(() => clearTimeout(timer))

  return computed<readonly ClassRow[]>(() => {
    void lockChanges.value
    const locks = current()?.editor.document.locks
    const row = (label: number, name: string, colour: string): ClassRow => ({
      ...{ label, name, colour },
      key: label >= 1 && label <= keyedClasses ? commands.nameOf(classKey(label - 1)) : undefined,
      locked: locks?.has(label) ?? false,
      present: label === 0 || label === VOID ? undefined : (labelled().get(label - 1) ?? 'absent'),
      share: counts.value.get(label) ?? 0,
    })
    const { background, void: nothing } = editorTexts.classes
    return [
      ...names().map((name, place) => row(place + 1, name, classColour(place))),
      row(0, background, backgroundColour),
      row(VOID, nothing, voidColour),
    ]
  })
}

/** Share of the mask that each label has, of what is counted. */
function labelShares({ labels, size }: OpenedPhoto['editor']['document']): ReadonlyMap<number, number> {
  const stride = Math.max(1, Math.ceil(labels.length / mostCounted))
  const counts = new Map<number, number>()
  let rows = 0
  for (let y = 0; y < size.height; y += stride, rows++)
    for (let at = y * size.width; at < (y + 1) * size.width; at++)
      counts.set(labels[at]!, (counts.get(labels[at]!) ?? 0) + 1)
  const pixels = rows * size.width
  return new Map([...counts].map(([label, count]) => [label, count / pixels]))
}
