import { onScopeDispose, watch, type Ref } from 'vue'
import type { OpenedPhoto } from './openedPhoto'
import type { useReviewQueue } from './useReviewQueue'

const prefetchAfterMs = 60

/** The next two and the one before are fetched while a person looks. */
export function useNeighbourPhotos(
  current: Readonly<Ref<OpenedPhoto | undefined>>,
  queue: ReturnType<typeof useReviewQueue>,
  prefetch: (image: number) => unknown,
): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  watch([current, queue.index, queue.items], () => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      for (const by of [1, 2, -1]) {
        const item = queue.items.value[queue.index.value + by]
        if (item !== undefined) prefetch(item.image)
      }
    }, prefetchAfterMs)
  })
  onScopeDispose(() => clearTimeout(timer))
}
