import { computed, ref, type ComputedRef } from 'vue'
import { isFinal } from '../../../../shared/contract/states'
import { api } from '../../api/client'
import { fetchRunReport } from '../../api/runReport'
import { saveFile } from '../../composables/saveFile'
import { useNoticesStore } from '../../stores/notices'
import { useProjectsStore } from '../../stores/projects'
import type { RunDetail } from '../../stores/runs'

/** What can be done with the run that is shown, and whether it can be done now. */
export function useRunActions(project: () => string, run: ComputedRef<RunDetail | undefined>) {
  const notices = useNoticesStore()
  const projects = useProjectsStore()
  const busy = ref(false)

  const state = computed(() => run.value?.state)
  const mayEdit = computed(() => run.value !== undefined && projects.current?.readOnly !== true && !busy.value)
  const can = computed(() => ({
    pause: mayEdit.value && (state.value === 'running' || state.value === 'queued'),
    resume: mayEdit.value && state.value === 'paused',
    stop: mayEdit.value && state.value !== undefined && !isFinal(state.value),
    retry: mayEdit.value && (state.value === 'failed' || state.value === 'cancelled'),
    remove: mayEdit.value && state.value !== undefined && isFinal(state.value),
    rename: mayEdit.value,
    report: state.value !== undefined && state.value !== 'running' && !busy.value,
  }))

  async function act(work: (key: { project: string; run: number }) => Promise<unknown>): Promise<boolean> {
    if (run.value === undefined) return false
    busy.value = true
    try {
      const key = { project: project(), run: run.value.id }
      return await notices.attempt(() => work(key))
    } finally {
      busy.value = false
    }
  }

  return {
    can,
    pause: () => act(key => api.runs.pause.mutate(key)),
    resume: () => act(key => api.runs.resume.mutate(key)),
    stop: () => act(key => api.runs.stop.mutate(key)),
    rename: (name: string) => act(key => api.runs.rename.mutate({ ...key, name })),
    remains: () => api.runs.remains.query({ project: project(), run: run.value?.id ?? 0 }),
    remove: () => act(key => api.runs.remove.mutate(key)),
    report: () => act(async ({ project, run }) => saveFile(await fetchRunReport(project, run), `run-${run}.html`)),
  }
}
