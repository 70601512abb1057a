import { type ComputedRef, type Ref } from 'vue'
import type { ClassRow } from '../../../components/review/classRow'
import { steppedSize, type EditorSettings } from '../../../editor/core/editorSettings'
import type { ToolId } from '../../../editor/core/tool'
import { areaActs, type AreaActsSetup } from './areaActs'
import { changeSize, sizeInHand } from './brushSize'
import { deskLayers, deskLayerText } from '../stage/deskLayers'
import type { EditorActs } from './useEditorCommands'
import type { useDeskPicture } from '../stage/useDeskPicture'
import type { useReviewDesk } from '../desk/useReviewDesk'

/** What of the stage can be steered from outside. */
interface Stage {
  readonly fit: () => void
  readonly actualSize: () => void
  readonly zoomIn: () => void
  readonly zoomOut: () => void
}

export interface EditorActsSetup extends Pick<EditorActs, 'changeOpacity' | 'toggleOutline' | 'search'> {
  readonly desk: ReturnType<typeof useReviewDesk>
  readonly picture: ReturnType<typeof useDeskPicture>
  readonly classes: ComputedRef<readonly ClassRow[]>
  readonly panning: Ref<boolean>
  readonly stage: () => Stage | null
  readonly area: Pick<AreaActsSetup, 'pixel' | 'area' | 'copied'>
}

/** What keys, tools and panels do to the mask that is open. Nothing happens while none is. */
export function useEditorActs({ desk, picture, classes, panning, stage, area, ...others }: EditorActsSetup) {
  const editor = () => desk.current.value?.editor
  /** The label before the last swap with the background. */
  let swapped = 1

  function configure(changes: Partial<EditorSettings>): void {
    editor()?.configure(changes)
  }

  function choose(tool: ToolId): void {
    desk.choose(tool)
  }

  function resize(direction: 1 | -1): void {
    const now = editor()
    const size = now && sizeInHand(now)
    if (now && size !== undefined) changeSize(now, steppedSize(size, direction))
  }

  function changeThreshold(by: number): void {
    const now = editor()
    if (now) configure({ threshold: Math.round((now.settings.threshold + by) * 100) / 100 })
  }

  function chooseClass(n: number): void {
    if (classes.value.some(({ label }) => label === n)) configure({ label: n })
  }

  function swap(): void {
    const label = editor()?.settings.label
    if (label === undefined) return
    if (label !== 0) swapped = label
    configure({ label: label === 0 ? swapped : 0 })
  }

  function cycle(by: 1 | -1): void {
    const facts = desk.current.value?.fetched.facts
    if (facts === undefined) return
    const all = deskLayers(facts.layers, facts.mask.origin !== null)
    const now = deskLayerText(picture.left.value)
    const at = all.findIndex(layer => deskLayerText(layer) === now)
    picture.left.value = all[(at + by + all.length) % all.length]!
  }

  const lockLabel = (label: number) => editor()?.lock(label)
  return {
    ...others,
    ...{ configure, choose, resize, changeThreshold, chooseClass, swap, cycle, lockLabel },
    lock: () => {
      const label = editor()?.settings.label
      if (label !== undefined) lockLabel(label)
    },
    lockOthers: () => editor()?.lockOthers(classes.value.map(({ label }) => label)),
    undo: () => editor()?.undo(),
    redo: () => editor()?.redo(),
    goTo: (position: number) => editor()?.goTo(position),
    cancel: () => editor()?.cancel(),
    ...areaActs({ editor, classes, ...area }),
    peek: (on: boolean) => (picture.peeking.value = on),
    pan: (on: boolean) => (panning.value = on),
    fit: () => stage()?.fit(),
    actualSize: () => stage()?.actualSize(),
    zoomIn: () => stage()?.zoomIn(),
    zoomOut: () => stage()?.zoomOut(),
  }
}
