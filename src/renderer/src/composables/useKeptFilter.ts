import { useRoute } from 'vue-router'
import type { ImageFilter } from '../../../shared/contract/imageFilter'
import { filterFromQuery, filterToQuery } from '../../../shared/contract/imageFilterText'

/** Screens that walk through photos by a filter. */
const screensOfPhotos: readonly string[] = ['dataset', 'seeds', 'review']

/** A filter as the query of a screen's address. In Review the state of the photos is a choice of its own beside it. */
export function filterQuery(screen: string, filter: ImageFilter): Readonly<Record<string, string>> {
  const { review, ...others } = filter
  if (screen !== 'review' || review === undefined) return filterToQuery(filter)
  return { ...filterToQuery(others), states: review }
}

/**
 * Whoever goes from one screen of photos to another goes on with the same photos.
 * @returns the query to go to a screen with; empty where one of the two shows no such list
 */
export function useKeptFilter(): (screen: string) => Readonly<Record<string, string>> {
  const route = useRoute()
  const isOfPhotos = (screen: unknown) => screensOfPhotos.some(one => one === screen)
  return screen =>
    isOfPhotos(screen) && isOfPhotos(route.name) ? filterQuery(screen, filterFromQuery(route.query)) : {}
}
