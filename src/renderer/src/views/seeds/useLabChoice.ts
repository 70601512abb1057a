import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { truthKinds } from '../../../../shared/contract/evaluation'
import { filterFromQuery } from '../../../../shared/contract/imageFilterText'
import { photoSubsets } from '../../components/photos/photoSubsets'
import { useProjectsStore } from '../../stores/projects'

/**
 * What the threshold lab shows, as the address says it.
 *
 * @param classPlace of the class on the photo; null: none
 */
export function useLabChoice(classPlace: () => number | null) {
  const route = useRoute()
  const router = useRouter()
  const projects = useProjectsStore()

  const shownClass = computed(() => {
    const place = classPlace()
    const name = place === null ? undefined : projects.current?.classes[place]
    return place === null || name === undefined ? undefined : { place, name }
  })
  const subsets = computed(() =>
    photoSubsets({
      filter: filterFromQuery(route.query),
      classes: shownClass.value === undefined ? [] : [shownClass.value],
      splits: (projects.current?.splits ?? []).map(({ split }) => split),
    }),
  )
  const subset = computed(() => subsets.value.find(({ key }) => key === route.query['lab']) ?? subsets.value[0]!)
  /** Not `truth`: that is a part of the filter. */
  const truth = computed(() => truthKinds.find(kind => kind === route.query['labtruth']) ?? 'ground_truth')
  /** Classes whose curves are shown besides the one on the photo. */
  const picked = computed(() => String(route.query['curves'] ?? '').split(',').filter(Boolean).map(Number)) // prettier-ignore

  function choose(query: Readonly<Record<string, string | undefined>>): void {
    void router.push({ query: { ...route.query, ...query } })
  }

  /** Ground truth is what is meant without a word. */
  function chooseTruth(kind: string): void {
    choose({ labtruth: kind === 'ground_truth' ? undefined : kind })
  }

  function toggleCurve(key: string): void {
    const place = Number(key)
    if (!(place >= 0)) return
    const others = picked.value.filter(other => other !== place)
    const next = picked.value.includes(place) ? others : [...others, place]
    choose({ curves: next.join(',') || undefined })
  }

  return { subsets, subset, truth, picked, choose, chooseTruth, toggleCurve }
}
