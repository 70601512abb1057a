import { computed, onScopeDispose, ref } from 'vue'
import { runTimes } from '../../../../shared/runTimes'
import { api } from '../../api/client'
import { useLoad } from '../../composables/useLoad'
import { useLiveStore } from '../../stores/live'
import { useRunsStore } from '../../stores/runs'

/** The run that is shown, with what it says now and how long it still takes. */
export function useRunDetail(project: () => string, run: () => number | undefined) {
  const runs = useRunsStore()
  const now = ref(Date.now())
  const load = useLoad(
    () => {
      const wanted = run()
      return wanted === undefined ? undefined : { project: project(), run: wanted }
    },
    key => api.runs.get.query(key),
  )
  /** Never the one of another address that is still being replaced. */
  const detail = computed(() => (load.value.value?.id === run() ? load.value.value : undefined))
  const live = computed(() => {
    const wanted = run()
    return wanted === undefined ? undefined : runs.live.get(wanted)
  })
  const current = computed(() => detail.value?.steps.find(({ state }) => state === 'running'))
  const progress = computed(() => {
    if (current.value === undefined) return undefined
    return live.value?.step === current.value.name ? live.value.progress : (detail.value?.progress ?? undefined)
  })

  /** Milliseconds until the run's end. */
  const remainingMs = computed(() => runTimes(detail.value?.steps ?? [], progress.value ?? null, now.value).remainingMs)

  const clock = setInterval(() => (now.value = Date.now()), 1_000)
  const stop = useLiveStore().listen(event => {
    if (event.type === 'reset') void load.reload()
    if (event.type !== 'run' || event.project !== project() || event.event.runId !== run()) return
    if (event.event.type === 'state' || event.event.type === 'step') void load.reload()
  })
  onScopeDispose(() => {
    stop()
    clearInterval(clock)
  })
  return { detail, error: load.error, reload: load.reload, live, progress, remainingMs }
}
