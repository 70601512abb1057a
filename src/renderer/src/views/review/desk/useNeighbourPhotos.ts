import { onScopeDispose, watch, type Ref } from 'vue'
import type { OpenedPhoto } from './openedPhoto'
import type { FetchedPhoto } from './openPhoto'
import type { useReviewQueue } from '../queue/useReviewQueue'

const prefetchAfterMs = 60

/** The next two and the one before are fetched while a person looks; the next one goes to the graphics card as well. */
export function useNeighbourPhotos(
  current: Readonly<Ref<OpenedPhoto | undefined>>,
  queue: ReturnType<typeof useReviewQueue>,
  prefetch: (image: number) => Promise<FetchedPhoto | undefined>,
  prepare: (photo: FetchedPhoto) => void,
): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const imageAt = (by: number) => queue.items.value[queue.index.value + by]?.image

  async function fetch(by: number): Promise<void> {
    const image = imageAt(by)
    const photo = image === undefined ? undefined : await prefetch(image)
    if (photo !== undefined && by === 1 && image === imageAt(1)) requestIdleCallback(() => prepare(photo))
  }

  watch([current, queue.index, queue.items], () => {
    clearTimeout(timer)
    timer = setTimeout(() => void Promise.all([1, 2, -1].map(fetch)), prefetchAfterMs)
  })
  onScopeDispose(() => clearTimeout(timer))
}
