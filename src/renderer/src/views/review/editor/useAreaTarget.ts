import { computed, ref, shallowRef, watch, type ComputedRef } from 'vue'
import type { ImagePoint } from '../../../../../shared/geometry/points'
import type { ClassRow } from '../../../components/review/classRow'
import type { OperationTarget } from '../../../editor/core/regionOperation'
import type { EditorState } from './useEditorState'
import type { useReviewDesk } from '../desk/useReviewDesk'

/** A part of the mask that was pointed at, and where on the screen. */
interface PointedPart {
  readonly label: number
  readonly at: ImagePoint
  /** CSS px of the window: the menu opens there. */
  readonly place: readonly [x: number, y: number]
}

interface AreaParts {
  readonly desk: Pick<ReturnType<typeof useReviewDesk>, 'current'>
  readonly classes: ComputedRef<readonly ClassRow[]>
  readonly state: Pick<EditorState, 'settings'>
}

/** What operations on whole areas mean: all of the class in hand, or the one part that was pointed at. */
export function useAreaTarget({ desk: { current }, classes, state }: AreaParts) {
  const open = ref(false)
  const part = shallowRef<PointedPart>()
  watch(current, () => {
    open.value = false
    part.value = undefined
  })

  /** Opens the menu for the part under the pointer, of whatever class. */
  function openAt(point: ImagePoint, place: PointedPart['place']): void {
    const label = current.value?.editor.document.labelAt(point[0], point[1])
    if (label === undefined) return
    part.value = { label, at: point, place }
    open.value = true
  }

  const label = computed(() => part.value?.label ?? state.settings.value?.label)
  return {
    ...{ open, part, openAt },
    showMenu: (shown: boolean) => (open.value = shown),
    /** The menu is opened for all of the class in hand. */
    meanAll: () => (part.value = undefined),
    /** Name of the class that is meant, and those that its pixels can become instead. */
    name: computed(() => classes.value.find(row => row.label === label.value)?.name ?? ''),
    others: computed(() => classes.value.filter(row => row.label !== label.value)),
    /** Undefined while no photo is open. */
    target: (): OperationTarget | undefined => {
      const at = part.value?.at
      if (label.value === undefined) return undefined
      return { label: label.value, at: at && { x: at[0], y: at[1] } }
    },
  }
}
