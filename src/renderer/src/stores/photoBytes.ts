import { defineStore } from 'pinia'
import type { EdgeMap } from '../../../shared/tensors/edgeMap'
import type { ScoreMaps } from '../../../shared/tensors/scoreMaps'
import { fetchEdgeMap, fetchPhoto, fetchScoreMaps } from '../api/photoBytes'

/** The photo that is shown, its neighbours, and where one came from. */
const keptPhotos = 6
const keptMaps = 24

/** Photos and maps that were fetched: the next photo is there before it is asked for, and the last one still is. */
export const usePhotoBytesStore = defineStore('photoBytes', () => {
  const photos = new Map<string, Promise<ImageBitmap>>()
  const maps = new Map<string, Promise<ScoreMaps>>()
  const edges = new Map<string, Promise<EdgeMap>>()

  function photo(project: string, image: number, longest: number, stem: string): Promise<ImageBitmap> {
    const key = `${project} ${image} ${longest}`
    return kept(photos, key, keptPhotos, () => fetchPhoto(project, image, longest, stem))
  }

  function scoreMaps(project: string, blob: string, name: string): Promise<ScoreMaps> {
    return kept(maps, `${project} ${blob}`, keptMaps, () => fetchScoreMaps(project, blob, name))
  }

  function edgeMap(project: string, blob: string, name: string): Promise<EdgeMap> {
    return kept(edges, `${project} ${blob}`, keptMaps, () => fetchEdgeMap(project, blob, name))
  }

  /** Photos lie outside the project: they may be others now. */
  function forgetPhotos(): void {
    photos.clear()
  }

  return { photo, scoreMaps, edgeMap, forgetPhotos }
})

/** What was fetched under a key, or a new fetch; a failed one is tried again next time. The oldest gives way. */
function kept<Value>(
  cache: Map<string, Promise<Value>>,
  key: string,
  most: number,
  fetch: () => Promise<Value>,
): Promise<Value> {
  const known = cache.get(key)
  const value = known ?? fetch()
  cache.delete(key)
  cache.set(key, value)
  if (known === undefined) value.catch(() => cache.get(key) === value && cache.delete(key))
  for (const oldest of [...cache.keys()].slice(0, -most)) cache.delete(oldest)
  return value
}
