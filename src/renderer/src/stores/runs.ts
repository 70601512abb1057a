import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { RunEvent } from '../../../shared/contract/runEvents'
import type { JobProgress } from '../../../shared/contract/states'
import { newestOnly } from '../../../shared/newestOnly'
import { api, type Answers } from '../api/client'
import { useLiveStore } from './live'
import { useProjectsStore } from './projects'

export type RunSummary = Answers['runs']['page']['rows'][number]
export type RunDetail = Answers['runs']['get']

/** What a run that goes on says now; its row is stored a second at a time. */
export interface LiveRun {
  readonly step: string
  readonly progress: JobProgress
  /** Bytes that its worker's process holds. */
  readonly memory: number
}

const pageSize = 50

/** The runs of the project that is shown: the newest first, as far as they were asked for. */
export const useRunsStore = defineStore('runs', () => {
  const projects = useProjectsStore()
  const project = ref<string>()
  const rows = shallowRef<readonly RunSummary[]>([])
  const total = ref(0)
  const loaded = ref(false)
  const live = shallowRef<ReadonlyMap<number, LiveRun>>(new Map())
  const questions = newestOnly()

  const running = computed(() => rows.value.find(({ state }) => state === 'running' || state === 'paused'))
  /** What the screen of runs shows unasked. */
  const foremost = computed(() => running.value ?? rows.value[0])
  const waiting = computed(() => rows.value.filter(({ state }) => state === 'queued').reverse())

  /** @throws what reading them met */
  async function show(key: string): Promise<void> {
    if (project.value !== key) {
      rows.value = []
      live.value = new Map()
      loaded.value = false
    }
    project.value = key
    await refresh()
  }

  /** Reads again as many as are shown, 200 at the most: what is behind them has ended long ago. */
  async function refresh(): Promise<void> {
    const key = project.value
    if (key === undefined) return
    const isNewest = questions.ask()
    const limit = Math.min(200, Math.max(pageSize, rows.value.length))
    const page = await api.runs.page.query({ project: key, limit })
    if (!isNewest()) return
    rows.value = joined(page.rows, rows.value)
    total.value = page.total
    loaded.value = true
  }

  async function more(): Promise<void> {
    const [key, last] = [project.value, rows.value.at(-1)]
    if (key === undefined || last === undefined) return
    const page = await api.runs.page.query({ project: key, limit: pageSize, before: last.id })
    if (key !== project.value) return
    rows.value = joined(rows.value, page.rows)
    total.value = page.total
  }

  function hear(event: RunEvent): void {
    if (event.type === 'progress') {
      const { runId, step, progress, memory } = event
      live.value = new Map(live.value).set(runId, { step, progress, memory })
    } else if (event.type === 'state' || event.type === 'step' || event.type === 'removed') {
      if (event.type === 'removed') rows.value = rows.value.filter(({ id }) => id !== event.runId)
      void refresh().catch(() => undefined)
    }
  }

  useLiveStore().listen(event => {
    // One that was closed meanwhile would be opened by the question.
    if (event.type === 'reset' && projects.current?.key === project.value) void refresh().catch(() => undefined)
    else if (event.type === 'run' && event.project === project.value) hear(event.event)
  })

  return { project, rows, total, loaded, live, running, foremost, waiting, show, refresh, more }
})

/** The newer runs and behind them those of the older part that are not among them; the newest first, as both parts are. */
function joined(newer: readonly RunSummary[], older: readonly RunSummary[]): readonly RunSummary[] {
  const last = newer.at(-1)
  return last === undefined ? newer : [...newer, ...older.filter(({ id }) => id < last.id)]
}
