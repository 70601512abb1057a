import { onScopeDispose } from 'vue'
import { useLiveStore } from '../../../stores/live'
import { usePhotoBytesStore } from '../../../stores/photoBytes'
import { fetchReviewed, type FetchedPhoto } from './openPhoto'
import type { DeskKey } from './useReviewDesk'

const mostFetched = 6

/** Photos that were fetched and not opened yet: the next ones, before they are asked for. */
export function useFetchedPhotos(key: () => DeskKey) {
  const bytes = usePhotoBytesStore()
  const fetched = new Map<string, Promise<FetchedPhoto>>()
  const arrived = new WeakMap<Promise<FetchedPhoto>, FetchedPhoto>()
  const nameOf = (image: number) => JSON.stringify([key().project, key().source, image])

  function fetchOnce(image: number): Promise<FetchedPhoto> {
    const name = nameOf(image)
    const { project, source, longest } = key()
    const known = fetched.get(name)
    if (known !== undefined) return known
    const fetching = fetchReviewed({ project, source, image }, longest, bytes)
    fetched.set(name, fetching)
    fetching.then(
      photo => arrived.set(fetching, photo),
      () => fetched.delete(name),
    )
    for (const oldest of [...fetched.keys()].slice(0, -mostFetched)) fetched.delete(oldest)
    return fetching
  }

  /** A photo that is here already: it is shown without waiting for anything. */
  function here(image: number): FetchedPhoto | undefined {
    const fetching = fetched.get(nameOf(image))
    return fetching && arrived.get(fetching)
  }

  /** It is another one now, or edited in this window from now on. */
  function forget(image: number): void {
    fetched.delete(nameOf(image))
  }

  const stop = useLiveStore().listen(event => {
    // A photo was fetched with its labels.
    if (event.type === 'reset' || (event.type === 'dataset' && event.project === key().project)) fetched.clear()
    if (event.type !== 'review' || event.project !== key().project) return
    if (event.image === null) fetched.clear()
    else forget(event.image)
  })
  onScopeDispose(stop)
  return { nameOf, fetchOnce, here, forget }
}
