import { shallowReactive } from 'vue'
import type { OpenedPhoto } from './openedPhoto'

/** Photos that were left stay open this long, with their undo in memory. */
const mostOpen = 3

/** The photo on the desk and the last ones before it, by name. One that is not on the disk yet never goes by itself. */
export function keptPhotos() {
  const opened = shallowReactive(new Map<string, OpenedPhoto>())

  /** It is the last one now; the oldest make room. */
  function keep(name: string, photo: OpenedPhoto): void {
    opened.delete(name)
    opened.set(name, photo)
    for (const [oldest, { saver }] of opened) {
      if (opened.size <= mostOpen) break
      if (!saver.isBusy) opened.delete(oldest)
    }
  }

  return {
    keep,
    get: (name: string) => opened.get(name),
    forget: (name: string) => opened.delete(name),
    /** All of a project, the last one last. */
    ofProject: (project: string) =>
      [...opened.values()].filter(({ fetched: { reviewed } }) => reviewed.project === project),
    /** All but those that are not on the disk yet. */
    forgetSaved: () => {
      for (const [name, { saver }] of opened) if (!saver.isBusy) opened.delete(name)
    },
    /** Everything that was sent is stored, or cannot be. */
    settled: async () => {
      await Promise.all([...opened.values()].map(({ saver }) => saver.settled()))
    },
    retry: () => opened.forEach(({ saver }) => saver.retry()),
    isUnsaved: () => [...opened.values()].some(({ saver }) => saver.isBusy),
  }
}
