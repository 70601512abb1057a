import { computed, watch } from 'vue'
import type { ImageFilter, ListOrder } from '../../../../shared/contract/imageFilter'
import { api, type Answers } from '../../api/client'
import { useLoad } from '../../composables/useLoad'
import { usePages } from '../../composables/usePages'
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
  const { head, error, reload, ...pages } = usePages(
    key,
    (list, offset, limit) => api.images.page.query({ ...list, offset, limit }),
    pageSize,
  )
  /** The places that are on the screen. */
  let seen: readonly [from: number, to: number] = [0, 0]
  /** Undefined until it is known. */
  const total = computed(() => head.value?.total)

  const position = useLoad(
    () => (image() === undefined ? undefined : { ...key(), image: image()! }),
    one => api.images.position.query(one),
  )
  // Labels that were edited and masks that were reviewed, here or elsewhere, make it another list.
  watch([() => dataset.version, () => (key().filter.review === undefined ? 0 : dataset.reviews)], () => {
    void reload().then(() => pages.want(...seen))
    void position.reload()
  })
  /** Index of the shown photo; −1 where the filter does not mean it. */
  const index = computed(() => position.value.value ?? -1)

  /** Sees to it that these photos are known. */
  function need(from: number, to: number): Promise<void> {
    seen = [from, to]
    return pages.want(from, to)
  }

  /** The photo at a place, fetched when it is not known yet; undefined where there is none. */
  async function photoAt(place: number): Promise<ListedPhoto | undefined> {
    await pages.want(place, place)
    return pages.rowAt(place)
  }

  return { total, error, reload, index, at: pages.rowAt, need, photoAt }
}
