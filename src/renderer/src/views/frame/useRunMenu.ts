import { computed, watch, type ComputedRef } from 'vue'
import { useRoute } from 'vue-router'
import { useRunsStore, type RunSummary } from '../../stores/runs'

/** As many as a menu shows; the others are on their screen. */
const most = 12

/** The newest runs of a project, and the one that the screen is about, where it is about one. */
export function useRunMenu(project: () => string | undefined): {
  readonly runs: ComputedRef<readonly RunSummary[]>
  readonly total: ComputedRef<number>
  readonly current: ComputedRef<RunSummary | undefined>
} {
  const route = useRoute()
  const store = useRunsStore()
  // What kept them from being read is said by the screen that shows them.
  watch(project, key => key !== undefined && void store.show(key).catch(() => undefined), { immediate: true })

  /** None while they are another project's. */
  const isShown = computed(() => store.loaded && store.project === project())
  const runs = computed(() => (isShown.value ? store.rows.slice(0, most) : []))
  const named = computed(() => Number(route.params['run'] || route.query['run'] || Number.NaN))
  const current = computed(() => {
    if (!isShown.value) return undefined
    if (named.value > 0) return store.rows.find(({ id }) => id === named.value)
    return route.name === 'runs' ? store.foremost : undefined
  })
  return { runs, total: computed(() => (isShown.value ? store.total : 0)), current }
}
