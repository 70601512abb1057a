import { onScopeDispose, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import type { MeasuredPhoto, PhotoChoice, PhotoOrder } from '../../../../shared/contract/evaluation'
import { api } from '../../api/client'
import { errorOf } from '../../api/errorOf'

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
  /** By place in the order; undefined: not fetched yet. */
  readonly photos: ShallowRef<readonly (MeasuredPhoto | undefined)[]>
  readonly total: Ref<number>
  readonly error: ShallowRef<string | undefined>
  /** Fetches what is missing of these places. */
  readonly need: (first: number, last: number) => void
}

/** Photos in the order of their mistakes, fetched page by page as they come into view. */
export function usePhotoPages(asked: () => PhotosAsked | undefined): PhotoPages {
  const photos = shallowRef<readonly (MeasuredPhoto | undefined)[]>([])
  const total = ref(0)
  const error = shallowRef<string>()
  let pages = new Set<number>()
  let question = 0

  async function fetch(page: number): Promise<void> {
    const wanted = asked()
    if (wanted === undefined || pages.has(page)) return
    const mine = question
    const mineOf = pages.add(page)
    try {
      const { ids, ...query } = wanted
      const answer = await api.evaluations.photos.query({
        ...query,
        ids: [...ids],
        offset: page * pageSize,
        limit: pageSize,
      })
      if (mine !== question) return
      const known = Array.from({ length: answer.total }, (_, place) => photos.value[place])
      known.splice(page * pageSize, answer.rows.length, ...answer.rows)
      ;[photos.value, total.value, error.value] = [known, answer.total, undefined]
    } catch (cause) {
      mineOf.delete(page)
      if (mine === question) error.value = errorOf(cause).message
    }
  }

  function need(first: number, last: number): void {
    for (let page = Math.floor(first / pageSize); page <= Math.floor(last / pageSize); page++) void fetch(page)
  }

  watch(
    () => JSON.stringify(asked()),
    () => {
      question++
      pages = new Set()
      ;[photos.value, total.value, error.value] = [[], 0, undefined]
      void fetch(0)
    },
    { immediate: true },
  )
  onScopeDispose(() => question++)
  return { photos, total, error, need }
}
