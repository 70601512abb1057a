import type { ComputedRef, ShallowRef } from 'vue'
import type { ImagePoint } from '../../../../../shared/geometry/points'
import type { ClassRow } from '../../../components/review/classRow'
import type { Editor } from '../../../editor/core/editor'
import type { OperationTarget, RegionOperation } from '../../../editor/core/regionOperation'
import type { useAreaTarget } from './useAreaTarget'

export interface AreaActsSetup {
  readonly editor: () => Editor | undefined
  readonly classes: ComputedRef<readonly ClassRow[]>
  /** The pixel under the pointer. */
  readonly pixel: ShallowRef<ImagePoint | undefined>
  readonly area: Pick<ReturnType<typeof useAreaTarget>, 'target'>
  /** Part of a class was copied: say so. */
  readonly copied: (name: string) => void
}

/** What is done to all pixels of a class, or to one part of it. */
export function areaActs({ editor, classes, pixel, area, copied }: AreaActsSetup) {
  function underPointer(): OperationTarget | undefined {
    const [now, at] = [editor(), pixel.value]
    if (now === undefined) return undefined
    const label = at && now.document.labelAt(at[0], at[1])
    return at === undefined || !label ? { label: now.settings.label } : { label, at: { x: at[0], y: at[1] } }
  }

  function copy(target: OperationTarget | undefined): void {
    if (target === undefined || editor()?.copy(target) !== true) return
    copied(classes.value.find(({ label }) => label === target.label)?.name ?? '')
  }

  return {
    propose: (operation: RegionOperation) => editor()?.propose(operation, area.target()),
    operate: (operation: RegionOperation) => editor()?.operate(operation, area.target()),
    copyArea: () => copy(area.target()),
    /** What is under the pointer; where that is nothing, as from the palette, all of the class in hand. */
    copy: () => copy(underPointer()),
  }
}
