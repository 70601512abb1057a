import { computed, type ComputedRef } from 'vue'
import type { MeasuredPhoto, PhotoChoice, PhotoOrder } from '../../../../shared/contract/evaluation'
import { api } from '../../api/client'
import { errorOf } from '../../api/errorOf'
import { usePages } from '../../composables/usePages'

/** Photos that are asked for together. */
const pageSize = 24

export interface PhotosAsked {
  readonly project: string
  readonly ids: readonly number[]
  readonly by: number
  readonly choice: PhotoChoice
  readonly order: PhotoOrder
}

export interface PhotoPages {
  /** By place in the order; undefined: not fetched yet. None while another list is on its way: it has another title. */
  readonly photos: ComputedRef<readonly (MeasuredPhoto | undefined)[]>
  readonly total: ComputedRef<number>
  readonly error: ComputedRef<string | undefined>
  /** Fetches what is missing of these places. */
  readonly need: (first: number, last: number) => Promise<void>
}

/** Photos in the order of their mistakes, fetched page by page as they come into view. */
export function usePhotoPages(asked: () => PhotosAsked | undefined): PhotoPages {
  const { head, error, rowAt, want } = usePages(
    asked,
    async (question, offset, limit) => {
      const { ids, ...query } = question
      const answer = await api.evaluations.photos.query({ ...query, ids: [...ids], offset, limit })
      return { ...answer, question: JSON.stringify(question) }
    },
    pageSize,
  )
  const total = computed(() => {
    const newest = head.value
    return newest !== undefined && newest.question === JSON.stringify(asked()) ? newest.total : 0
  })
  return {
    total,
    photos: computed(() => Array.from({ length: total.value }, (_, place) => rowAt(place))),
    error: computed(() => (error.value === undefined ? undefined : errorOf(error.value).message)),
    need: want,
  }
}
