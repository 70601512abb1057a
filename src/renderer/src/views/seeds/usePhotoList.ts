import { computed, shallowRef, watch } from 'vue'
import type { ImageFilter, ListOrder } from '../../../../shared/contract/imageFilter'
import { api, type Answers } from '../../api/client'
import { useLoad } from '../../composables/useLoad'
import { useDatasetStore } from '../../stores/dataset'

export type ListedPhoto = Answers['images']['page']['rows'][number]

export interface PhotoListKey {
  readonly project: string
  readonly filter: ImageFilter
  readonly sort: ListOrder
}

const pageSize = 100

/** The photos that a filter means, page by page as they come into sight, and where in them the shown one is. */
export function usePhotoList(key: () => PhotoListKey, image: () => number | undefined) {
  const dataset = useDatasetStore()
  const pages = shallowRef<ReadonlyMap<number, readonly ListedPhoto[]>>(new Map())
  const asked = new Set<string>()
  /** The places that are on the screen. */
  let seen: readonly [from: number, to: number] = [0, 0]
  const listName = computed(() => JSON.stringify(key()))

  const first = useLoad(key, list => api.images.page.query({ ...list, offset: 0, limit: pageSize }))
  watch(first.value, page => {
    asked.clear()
    pages.value = page === undefined ? new Map() : new Map([[0, page.rows]])
    void need(...seen).catch(() => undefined) // the list, if it cannot be read, says so itself
  })
  const total = computed(() => first.value.value?.total ?? 0)

  const position = useLoad(
    () => (image() === undefined ? undefined : { ...key(), image: image()! }),
    one => api.images.position.query(one),
  )
  // Labels that were edited and masks that were reviewed, here or elsewhere, make it another list.
  watch([() => dataset.version, () => (key().filter.review === undefined ? 0 : dataset.reviews)], () => {
    void first.reload()
    void position.reload()
  })
  /** Index of the shown photo; −1 where the filter does not mean it. */
  const index = computed(() => position.value.value ?? -1)

  function at(place: number): ListedPhoto | undefined {
    return pages.value.get(Math.floor(place / pageSize))?.[place % pageSize]
  }

  async function fetchPage(page: number): Promise<void> {
    const name = `${listName.value} ${page}`
    if (pages.value.has(page) || asked.has(name)) return
    asked.add(name)
    try {
      const { rows } = await api.images.page.query({ ...key(), offset: page * pageSize, limit: pageSize })
      if (name.startsWith(listName.value)) pages.value = new Map(pages.value).set(page, rows)
    } finally {
      asked.delete(name)
    }
  }

  /** Sees to it that these photos are known. */
  async function need(from: number, to: number): Promise<void> {
    seen = [from, to]
    const last = Math.min(to, total.value - 1)
    for (let page = Math.floor(Math.max(0, from) / pageSize); page * pageSize <= last; page++) await fetchPage(page)
  }

  /** The photo at a place, fetched when it is not known yet. */
  async function photoAt(place: number): Promise<ListedPhoto | undefined> {
    if (place < 0 || place >= total.value) return undefined
    await fetchPage(Math.floor(place / pageSize))
    return at(place)
  }

  return { first, total, index, at, need, photoAt }
}
