import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { FigureOrigin } from '../../../shared/contract/evaluation'
import type { ImageFilter } from '../../../shared/contract/imageFilter'
import type { Task } from '../../../shared/contract/tasks'
import { api, type Answers } from '../api/client'
import { useLiveStore } from './live'
import { useProjectsStore } from './projects'
import { useTasksStore } from './tasks'

export type EvaluationRow = Answers['evaluations']['list']['rows'][number]
export type UnmeasuredStep = Answers['evaluations']['unmeasured']['rows'][number]

/** What was measured in a project, and what could be. */
export const useEvaluationsStore = defineStore('evaluations', () => {
  const project = ref<string>()
  /** The photos that steps are to be measured on. */
  const subset = shallowRef<ImageFilter>({})
  const rows = shallowRef<readonly EvaluationRow[]>([])
  const total = ref(0)
  const unmeasured = shallowRef<readonly UnmeasuredStep[]>([])
  const loaded = ref(false)
  const error = shallowRef<unknown>()
  /** What is listed may be about to change. */
  const refreshing = ref(false)
  /** Counts up when figures are different now: who shows some asks again. */
  const version = ref(0)
  let olderRuns: number | null = null

  const projects = useProjectsStore()
  const tasks = useTasksStore()
  /** Evaluations of this project that go on. */
  const running = computed<readonly Task[]>(() =>
    tasks.running.filter(task => task.kind === 'evaluate' && task.project === project.value),
  )

  /** @param photos what steps are to be measured on */
  async function show(key: string, photos: ImageFilter): Promise<void> {
    if (project.value !== key) {
      ;[rows.value, unmeasured.value, loaded.value] = [[], [], false]
      project.value = key
    }
    subset.value = photos
    await refresh()
  }

  async function refresh(): Promise<void> {
    const [key, photos] = [project.value, subset.value]
    if (key === undefined) return
    refreshing.value = true
    try {
      const [listed, open] = await Promise.all([
        api.evaluations.list.query({ project: key }),
        api.evaluations.unmeasured.query({ project: key, subset: photos }),
      ])
      if (project.value !== key || subset.value !== photos) return
      ;[rows.value, total.value, unmeasured.value, olderRuns] = [listed.rows, listed.total, open.rows, open.before]
      error.value = undefined
    } catch (cause) {
      error.value = cause
    } finally {
      loaded.value = true
      refreshing.value = false
    }
  }

  const hasMore = computed(() => rows.value.length < total.value)

  /** The next page of older evaluations and of older runs. */
  async function more(): Promise<void> {
    const key = project.value
    const before = rows.value.at(-1)?.id
    if (key === undefined) return
    if (hasMore.value && before !== undefined) {
      const listed = await api.evaluations.list.query({ project: key, before })
      rows.value = [...rows.value, ...listed.rows]
    }
    if (olderRuns === null) return
    const open = await api.evaluations.unmeasured.query({ project: key, before: olderRuns, subset: subset.value })
    ;[unmeasured.value, olderRuns] = [[...unmeasured.value, ...open.rows], open.before]
  }

  /** Measures steps one after the other, the oldest run first: a task that every tab sees. */
  async function measure(key: string, steps: readonly UnmeasuredStep[]): Promise<void> {
    const oldestFirst = steps.map(({ run, step }) => ({ run, step })).toSorted((a, b) => a.run - b.run)
    const isAll = Object.keys(subset.value).length === 0
    await api.evaluations.start.mutate({ project: key, steps: oldestFirst, ...(isAll ? {} : { subset: subset.value }) })
  }

  /** Measures the step of an evaluation again, on the same photos, with a person's masks where there are any. */
  async function measureCorrected(key: string, { run, step, subset: photos }: FigureOrigin): Promise<void> {
    const on = photos === null ? {} : { subset: photos }
    await api.evaluations.start.mutate({ project: key, steps: [{ run, step }], masks: 'corrected', ...on })
  }

  async function remove(key: string, id: number): Promise<void> {
    await api.evaluations.remove.mutate({ project: key, id })
  }

  useLiveStore().listen(event => {
    const mine = 'project' in event && event.project === project.value
    const runEnded = event.type === 'run' && mine && event.event.type === 'state'
    // One that was closed meanwhile would be opened by the question.
    const isReset = event.type === 'reset' && projects.current?.key === project.value
    if (!isReset && !(event.type === 'evaluations' && mine) && !runEnded) return
    version.value++
    void refresh()
  })

  return {
    rows,
    total,
    unmeasured,
    running,
    loaded,
    refreshing,
    error,
    version,
    hasMore,
    show,
    refresh,
    more,
    measure,
    measureCorrected,
    remove,
  }
})
