import { computed, shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue'
import type { ImageFilter } from '../../../../shared/contract/imageFilter'
import type { Task } from '../../../../shared/contract/tasks'
import type { SubsetSweep } from '../../../../shared/contract/thresholdSweep'
import { api } from '../../api/client'
import { useLoad } from '../../composables/useLoad'
import { useTasksStore } from '../../stores/tasks'

export interface SweepQuestion {
  readonly project: string
  readonly run: number
  readonly step: string
  readonly subset: ImageFilter
}

export interface SubsetSweepLoad {
  readonly sweep: ComputedRef<SubsetSweep | undefined>
  /** Photos that are or would be measured. */
  readonly photos: ComputedRef<number | undefined>
  /** The work that measures. */
  readonly task: ComputedRef<Task | undefined>
  readonly error: ComputedRef<unknown>
  /** A person stopped it. */
  readonly stopped: ShallowRef<boolean>
  readonly start: () => Promise<void>
  readonly stop: () => Promise<void>
}

/** The sweep of a subset: what was measured before, at once; else it is measured now, and shown when that is done. */
export function useSubsetSweep(question: () => SweepQuestion): SubsetSweepLoad {
  const tasks = useTasksStore()
  const taskId = shallowRef<string | null>(null)
  const failure = shallowRef<unknown>()
  const stopped = shallowRef(false)
  const found = useLoad(question, asked => api.thresholds.find.query(asked))
  const task = computed(() => (taskId.value === null ? undefined : tasks.tasks.get(taskId.value)))

  async function start(): Promise<void> {
    failure.value = undefined
    stopped.value = false
    try {
      taskId.value = (await api.thresholds.sweep.mutate(question())).id
    } catch (error) {
      failure.value = error
    }
  }

  async function stop(): Promise<void> {
    if (taskId.value !== null) await tasks.cancel(taskId.value)
  }

  watch(
    () => JSON.stringify(question()),
    () => {
      taskId.value = null
      failure.value = undefined
      stopped.value = false
    },
    { flush: 'sync' },
  )
  watch(found.value, answer => {
    if (answer === undefined || answer.sweep !== null || taskId.value !== null) return
    if (answer.task === null) void start()
    else taskId.value = answer.task
  })
  watch(
    () => task.value?.state,
    state => {
      if (state === undefined || state === 'running') return
      if (state === 'cancelled') stopped.value = true
      if (state === 'failed') failure.value = task.value?.error
      if (state === 'done') void found.reload()
    },
  )
  return {
    sweep: computed(() => found.value.value?.sweep ?? undefined),
    photos: computed(() => found.value.value?.photos),
    task,
    error: computed(() => failure.value ?? found.error.value),
    ...{ stopped, start, stop },
  }
}
