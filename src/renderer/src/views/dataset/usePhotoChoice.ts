import { computed, shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue'
import { mostNamedPhotos } from '../../../../shared/contract/imageFilter'
import { WorkbenchError } from '../../../../shared/errors'
import {
  allSelected,
  extended,
  nothingSelected,
  selectedCount,
  toggled,
  type PhotoSelection,
} from '../../components/dataset/photoSelection'
import type { PhotoList } from '../../composables/usePhotoList'
import type { DatasetAddress } from './useDatasetAddress'
import { usePhotoFocus, type PhotoFocus } from './usePhotoFocus'

/** Which photo is looked at and which are selected. */
export interface PhotoChoiceState extends PhotoFocus {
  readonly selection: ShallowRef<PhotoSelection>
  readonly selected: ComputedRef<number>
  readonly select: (index: number, how: 'only' | 'toggle' | 'range') => Promise<void>
  readonly selectAll: () => void
  readonly clear: () => void
}

/** Ids of a part of the list. */
type FetchIds = (part: { readonly offset: number; readonly limit: number }) => Promise<readonly number[]>

/** Looking at a photo goes into the address; a selection lasts as long as the list that it was made in. */
export function usePhotoChoice(
  address: DatasetAddress,
  list: PhotoList,
  fetchIds: FetchIds,
  fetchPlace: Parameters<typeof usePhotoFocus>[2],
): PhotoChoiceState {
  const selection = shallowRef(nothingSelected)
  /** Where a range begins. */
  let anchor = 0

  async function select(index: number, how: 'only' | 'toggle' | 'range'): Promise<void> {
    const photo = list.at(index)
    if (how === 'range') return selectRange(index)
    anchor = index
    if (how === 'only') selection.value = nothingSelected
    else if (photo) selection.value = toggled(selection.value, photo.id)
  }

  async function selectRange(to: number): Promise<void> {
    const [first, last] = [Math.min(anchor, to), Math.max(anchor, to)]
    const limit = last - first + 1
    if (limit > mostNamedPhotos)
      throw new WorkbenchError(
        'UNSUPPORTED',
        `A range of ${limit} photos is more than the ${mostNamedPhotos} that can be named: select all with Ctrl+A.`,
      )
    const here = Array.from({ length: limit }, (_, i) => list.at(first + i)?.id)
    const known = here.filter(id => id !== undefined)
    const ids = known.length === limit ? known : await fetchIds({ offset: first, limit })
    selection.value = extended(selection.value, ids)
  }

  watch([address.filter, address.sort], ([filter, sort], [filterBefore, sortBefore]) => {
    if (JSON.stringify([filter, sort]) === JSON.stringify([filterBefore, sortBefore])) return
    selection.value = nothingSelected
    anchor = 0
  })
  return {
    ...usePhotoFocus(address, list, fetchPlace),
    selection,
    selected: computed(() => selectedCount(selection.value, list.total.value ?? 0)),
    select,
    selectAll: () => (selection.value = allSelected),
    clear: () => (selection.value = nothingSelected),
  }
}
