import { onScopeDispose } from 'vue'
import type { OpenedPhoto } from './openedPhoto'

/** Photos that were left stay open this long, with their undo in memory. */
const mostOpen = 3

/** The photo on the desk and the last ones before it. One that is not on the disk yet never goes. */
export function useOpenedPhotos(closed: (image: number) => void) {
  const opened = new Map<string, OpenedPhoto>()

  function keep(name: string, photo: OpenedPhoto): void {
    opened.delete(name)
    opened.set(name, photo)
    for (const [oldest, { saver, image }] of opened) {
      if (opened.size <= mostOpen) break
      if (saver.isBusy) continue
      opened.delete(oldest)
      closed(image)
    }
  }

  const warn = (event: BeforeUnloadEvent) => {
    if ([...opened.values()].some(({ saver }) => saver.isBusy)) event.preventDefault()
  }
  window.addEventListener('beforeunload', warn)
  onScopeDispose(() => window.removeEventListener('beforeunload', warn))

  return {
    keep,
    get: (name: string) => opened.get(name),
    forget: (name: string) => opened.delete(name),
    /** All but those that are not on the disk yet. */
    forgetSaved: () => {
      for (const [name, { saver }] of opened) if (!saver.isBusy) opened.delete(name)
    },
    /** Everything that was sent is stored, or cannot be. */
    settled: async () => {
      await Promise.all([...opened.values()].map(({ saver }) => saver.settled()))
    },
    retry: () => opened.forEach(({ saver }) => saver.retry()),
  }
}
