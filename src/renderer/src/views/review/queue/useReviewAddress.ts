import { computed, ref, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import type { ImageFilter } from '../../../../../shared/contract/imageFilter'
import { filterFromQuery, filterToQuery } from '../../../../../shared/contract/imageFilterText'
import { computedByValue } from '../../../composables/computedByValue'
import { reviewFromQuery, reviewKeys, reviewToQuery, type ReviewChoice } from '../../shared/reviewAddress'

/** Which photo is open and which list it is of: all of it stands in the address. */
export function useReviewAddress() {
  const route = useRoute()
  const router = useRouter()
  const project = computed(() => String(route.params['project']))
  const addressed = () => (route.params['image'] ? Number(route.params['image']) : undefined)
  /** Another photo is shown at once; the address follows a moment later. */
  const image = ref(addressed())
  watch(addressed, now => (image.value = now))
  const filter = computedByValue(() => filterFromQuery(route.query))
  const filtered = computed(() => Object.keys(filter.value).length > 0)
  const choice = computedByValue(() => reviewFromQuery(route.query))

  /** @param id undefined: no photo */
  function show(id: number | undefined, history: 'push' | 'replace' = 'push'): void {
    image.value = id
    void router[history]({ name: 'review', params: { project: project.value, image: id ?? '' }, query: route.query })
  }

  /** Another list begins with its own first photo. */
  function choose(changes: Partial<ReviewChoice>, history: 'push' | 'replace' = 'push'): void {
    const query = { ...without(reviewKeys), ...reviewToQuery({ ...choice.value, ...changes }) }
    void router[history]({ name: 'review', params: { project: project.value, image: '' }, query })
  }

  /** Other photos, in the same order: begun with their own first. */
  function setFilter(wanted: ImageFilter): void {
    const query = { ...without(Object.keys(filterToQuery(filter.value))), ...filterToQuery(wanted) }
    void router.push({ name: 'review', params: { project: project.value, image: '' }, query })
  }

  function without(keys: readonly string[]) {
    return Object.fromEntries(Object.entries(route.query).filter(([key]) => !keys.includes(key)))
  }

  return { project, image, filter, filtered, choice, show, choose, setFilter }
}
