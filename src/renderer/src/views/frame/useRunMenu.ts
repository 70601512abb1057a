import { computed, onScopeDispose, ref, type ComputedRef } from 'vue'
import { useRoute } from 'vue-router'
import { api, type Answers } from '../../api/client'
import { useLoad } from '../../composables/useLoad'
import { useLiveStore } from '../../stores/live'

type Run = Answers['runs']['page']['rows'][number]

/** As many as a menu shows; the others are on their screen. */
const most = 12

/** The newest runs of a project, and the one that the screen is about, where it is about one. */
export function useRunMenu(project: () => string | undefined): {
  readonly runs: ComputedRef<readonly Run[]>
  readonly total: ComputedRef<number>
  readonly current: ComputedRef<Run | undefined>
} {
  const route = useRoute()
  const changes = ref(0)
  const load = useLoad(
    () => (project() === undefined ? undefined : { project: project()!, changes: changes.value }),
    async question => ({ project: question.project, ...(await api.runs.page.query({ ...question, limit: most })) }),
  )
  const stop = useLiveStore().listen(event => {
    if (event.type === 'reset' || (event.type === 'run' && event.event.type === 'state')) changes.value++
  })
  onScopeDispose(stop)

  /** None while they are another project's. */
  const found = computed(() => (load.value.value?.project === project() ? load.value.value : undefined))
  const runs = computed(() => found.value?.rows ?? [])
  const named = computed(() => Number(route.params['run'] || route.query['run'] || Number.NaN))
  const current = computed(() => {
    if (named.value > 0) return runs.value.find(({ id }) => id === named.value)
    // As the screen of runs does by itself.
    if (route.name === 'runs') return runs.value.find(({ state }) => state === 'running') ?? runs.value[0]
    return undefined
  })
  return { runs, total: computed(() => found.value?.total ?? 0), current }
}
