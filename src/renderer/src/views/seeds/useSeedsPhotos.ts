import { computed, onScopeDispose, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import type { ListOrder } from '../../../../shared/contract/imageFilter'
import { filterFromQuery, filterToQuery } from '../../../../shared/contract/imageFilterText'
import type { StripPhoto } from '../../components/photos/PhotoStrip.vue'
import { usePhotoBytesStore } from '../../stores/photoBytes'
import { orderFromText, orderText, type SeedsOrder } from './seedsOrder'
import { useCertainty } from './useCertainty'
import { usePhotoList } from './usePhotoList'

/** The neighbours are fetched while a person looks: the next photo is there when it is asked for. */
const prefetchAfterMs = 150

/** The photos that are walked through: which ones and in which order the address says, and where among them one is. */
export function useSeedsPhotos() {
  const route = useRoute()
  const router = useRouter()
  const project = computed(() => String(route.params['project']))
  const image = computed(() => (route.params['image'] ? Number(route.params['image']) : undefined))
  const filter = computed(() => filterFromQuery(route.query))
  const filtered = computed(() => Object.keys(filter.value).length > 0)
  const order = computed(() => orderFromText(route.query['sort']))
  const certainty = useCertainty(
    () => project.value,
    () => (typeof order.value === 'string' ? undefined : order.value),
  )
  /** By name, until it is known how certain they are. */
  const sort = computed<ListOrder>(() => {
    if (typeof order.value === 'string') return order.value
    return certainty.order.value === undefined ? 'name' : { certainty: certainty.order.value }
  })
  const list = usePhotoList(
    () => ({ project: project.value, filter: filter.value, sort: sort.value }),
    () => image.value,
  )

  function show(id: number, history: 'push' | 'replace' = 'push'): void {
    void router[history]({ name: 'seeds', params: { project: project.value, image: id }, query: route.query })
  }

  async function showAt(index: number): Promise<void> {
    const photo = await list.photoAt(index)
    if (photo) show(photo.id)
  }

  /** An address without a photo means the first one. */
  watch(
    () => (image.value === undefined ? list.at(0)?.id : undefined),
    id => id !== undefined && show(id, 'replace'),
    { immediate: true },
  )

  function setOrder(chosen: SeedsOrder): void {
    void router.push({ query: { ...route.query, sort: orderText(chosen) } })
  }

  function clearFilter(): void {
    const parts = Object.keys(filterToQuery(filter.value))
    const query = Object.fromEntries(Object.entries(route.query).filter(([key]) => !parts.includes(key)))
    void router.push({ query })
  }

  function thumbnail(index: number): StripPhoto | undefined {
    const photo = list.at(index)
    const src = (id: number, hash: string) => `/bytes/${project.value}/thumbnails/${id}?size=128&hash=${hash}`
    return photo && { id: photo.id, name: photo.stem, src: src(photo.id, photo.hash) }
  }

  const step = (by: 1 | -1) => showAt(list.index.value + by)
  return { project, image, filtered, order, certainty, list, showAt, step, setOrder, clearFilter, thumbnail }
}

/** Fetches the photos before and after the shown one a moment after it is there. @param longest undefined: not known yet */
export function usePrefetch(
  { list, project }: Pick<ReturnType<typeof useSeedsPhotos>, 'list' | 'project'>,
  shown: () => unknown,
  longest: () => number | undefined,
): void {
  const bytes = usePhotoBytesStore()
  let timer: ReturnType<typeof setTimeout> | undefined
  watch([shown, list.index], () => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      const side = longest()
      for (const by of [1, -1]) {
        const photo = list.at(list.index.value + by)
        if (photo && side !== undefined)
          void bytes.photo(project.value, photo.id, side, photo.stem).catch(() => undefined)
      }
    }, prefetchAfterMs)
  })
  onScopeDispose(() => clearTimeout(timer))
}
