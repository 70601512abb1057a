import { computed, type ComputedRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { imageSorts, type ImageFilter, type ImageSort } from '../../../../shared/contract/imageFilter'
import { filterFromQuery, filterKeys, filterToQuery } from '../../../../shared/contract/imageFilterText'

export const datasetTabs = ['classes', 'pairs', 'problems', 'advice'] as const
const ownKeys = [...filterKeys, 'sort', 'tab', 'photo']
export type DatasetTab = (typeof datasetTabs)[number]

export interface DatasetAddress {
  readonly project: ComputedRef<string>
  readonly filter: ComputedRef<ImageFilter>
  readonly sort: ComputedRef<ImageSort>
  readonly tab: ComputedRef<DatasetTab>
  /** Id of the photo that is looked at. */
  readonly photo: ComputedRef<number | undefined>
  /** A step that "back" takes back. */
  readonly setFilter: (filter: ImageFilter) => void
  readonly setSort: (sort: ImageSort) => void
  readonly setTab: (tab: DatasetTab) => void
  /** No step of its own: a person walks over hundreds. */
  readonly setPhoto: (photo: number | undefined) => void
}

/** What the Dataset screen shows, read from the address and written into it. */
export function useDatasetAddress(): DatasetAddress {
  const route = useRoute()
  const router = useRouter()

  const project = computed(() => String(route.params['project']))
  const filter = computed(() => filterFromQuery(route.query))
  const sort = computed(() => imageSorts.find(name => name === route.query['sort']) ?? 'name')
  const tab = computed(() => datasetTabs.find(name => name === route.query['tab']) ?? 'classes')
  const photo = computed(() => {
    const id = route.query['photo']
    return typeof id === 'string' && /^\d{1,15}$/.test(id) ? Number(id) : undefined
  })

  interface Parts {
    readonly filter: ImageFilter
    readonly sort: ImageSort
    readonly tab: DatasetTab
    readonly photo: number | undefined
  }

  function go(change: Partial<Parts>, how: 'push' | 'replace'): void {
    const parts = { filter: filter.value, sort: sort.value, tab: tab.value, photo: photo.value, ...change }
    const others = Object.entries(route.query).filter(([key]) => !ownKeys.includes(key))
    const query = {
      ...Object.fromEntries(others),
      ...filterToQuery(parts.filter),
      ...(parts.sort === 'name' ? {} : { sort: parts.sort }),
      ...(parts.tab === 'classes' ? {} : { tab: parts.tab }),
      ...(parts.photo === undefined ? {} : { photo: String(parts.photo) }),
    }
    void router[how]({ query })
  }

  return {
    project,
    filter,
    sort,
    tab,
    photo,
    setFilter: next => go({ filter: next }, 'push'),
    setSort: next => go({ sort: next }, 'push'),
    setTab: next => go({ tab: next }, 'push'),
    setPhoto: next => go({ photo: next }, 'replace'),
  }
}
