import { computed, ref, watch } from 'vue'
import type { ImageFilter } from '../../../../../shared/contract/imageFilter'
import type { QueueItem, ReviewQueue } from '../../../../../shared/contract/reviewQueue'
import { api } from '../../../api/client'
import { useLoad } from '../../../composables/useLoad'
import { useNoticesStore } from '../../../stores/notices'
import { useKeptWork } from '../../shared/useKeptWork'
import type { ReviewChoice } from '../../shared/reviewAddress'
import { queuePages } from './queuePages'

const pageSize = 200
/** Photos from the end of what is known at which the next page is fetched. */
const fetchAhead = 40

export interface QueueKey extends ReviewChoice {
  readonly project: string
  readonly filter: ImageFilter
}

/**
 * The photos to review in their order, page by page. It is the list as it was when it was asked for: a photo that was
 * decided on stays where it is with its new state, so that one can go back to it.
 */
export function useReviewQueue(key: () => QueueKey, image: () => number | undefined) {
  /** Rises when the list is asked for anew: many photos were decided on at once. */
  const reloads = ref(0)

  const notices = useNoticesStore()
  const pages = queuePages(after => {
    const order = work.found.value?.measured === false ? 'name' : key().order
    return api.review.queue.query({ ...question(), order, after, limit: pageSize })
  })
  const { items } = pages
  const question = () => {
    const { against, states, ...rest } = key()
    return { ...rest, states: [...states], ...(against === null ? {} : { against }) }
  }
  const work = useKeptWork(() => ({ asked: question(), reloads: reloads.value }), {
    find: ({ asked }): Promise<ReviewQueue> => api.review.queue.query({ ...asked, limit: pageSize }),
    start: ({ asked }) => api.review.measure.mutate(asked),
    isMade: ({ measured }) => measured,
  })
  /** By name, while the maps are read that the order goes by: one can begin at once. */
  const meanwhile = useLoad(
    () => (work.found.value?.measured === false ? question() : undefined),
    asked => api.review.queue.query({ ...asked, order: 'name', limit: pageSize }),
  )
  watch([work.found, meanwhile.value], ([found, byName]) => {
    const shown = found?.measured === false ? byName : found
    pages.begin(shown)
    // The photo of the address may stand pages below: what lies between is fetched, so that its neighbours are known.
    if (image() !== undefined) void notices.attempt(() => pages.until(() => index.value >= 0))
  })

  const index = computed(() => items.value.findIndex(item => item.image === image()))
  watch(index, at => {
    if (at >= 0 && at >= items.value.length - fetchAhead) void notices.attempt(pages.more)
  })

  /** Something of some photos is different now: their states, their versions. */
  function changeAll(changes: ReadonlyMap<number, Partial<QueueItem>>): void {
    items.value = withChanges(items.value, changes)
  }

  const change = (image: number, changes: Partial<QueueItem>) => changeAll(new Map([[image, changes]]))
  return {
    ...work,
    items,
    index,
    more: () => notices.attempt(pages.more),
    change,
    changeAll,
    reload: () => reloads.value++,
  }
}

/** The items with their changes; the same list where nothing is different. */
function withChanges(
  items: readonly QueueItem[],
  changes: ReadonlyMap<number, Partial<QueueItem>>,
): readonly QueueItem[] {
  const changed = items.map(item => {
    if (!changes.has(item.image)) return item
    const now = { ...item, ...changes.get(item.image) }
    return JSON.stringify(now) === JSON.stringify(item) ? item : now
  })
  return changed.every((item, place) => item === items[place]) ? items : changed
}
