import { computed, onScopeDispose, shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue'
import type { Task } from '../../../../shared/contract/tasks'
import { errorOf } from '../../api/errorOf'
import { useLoad } from '../../composables/useLoad'
import { useLiveStore } from '../../stores/live'
import { useTasksStore } from '../../stores/tasks'

/** How the server is asked for a measurement that it makes once and keeps. */
export interface KeptWorkRequests<Question, Found> {
  readonly find: (question: Question) => Promise<Found>
  readonly start: (question: Question) => Promise<Task>
  /** Whether `found` holds the measurement. */
  readonly isMade: (found: Found) => boolean
}

export interface KeptWork<Found> {
  readonly found: ShallowRef<Found | undefined>
  /** The work that measures. */
  readonly task: ComputedRef<Task | undefined>
  readonly error: ComputedRef<unknown>
  /** What is to be measured is still being made: it is asked for again with every step that a run ends. */
  readonly waits: ComputedRef<boolean>
  /** A person stopped it. */
  readonly stopped: ShallowRef<boolean>
  readonly start: () => Promise<void>
  readonly stop: () => Promise<void>
}

/**
 * What was measured before, at once; else it is measured now, and found when that is done.
 * @param question undefined: nothing is asked
 */
export function useKeptWork<Question, Found extends { readonly task: string | null }>(
  question: () => Question | undefined,
  requests: KeptWorkRequests<Question, Found>,
): KeptWork<Found> {
  const tasks = useTasksStore()
  const taskId = shallowRef<string | null>(null)
  const failure = shallowRef<unknown>()
  const stopped = shallowRef(false)
  const load = useLoad(question, requests.find)
  const task = computed(() => (taskId.value === null ? undefined : tasks.tasks.get(taskId.value)))

  function forget(): void {
    failure.value = undefined
    stopped.value = false
  }

  async function start(): Promise<void> {
    const asked = question()
    if (asked === undefined) return
    forget()
    try {
      taskId.value = (await requests.start(asked)).id
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
      forget()
    },
    { flush: 'sync' },
  )
  watch(load.value, answer => {
    if (answer === undefined || requests.isMade(answer) || taskId.value !== null) return
    if (answer.task === null) void start()
    else taskId.value = answer.task
  })
  watch(
    () => task.value?.state,
    state => {
      if (state === undefined || state === 'running') return
      if (state === 'cancelled') stopped.value = true
      if (state === 'failed') failure.value = task.value?.error
      if (state === 'done') void load.reload()
    },
  )
  const error = computed(() => failure.value ?? load.error.value)
  const waits = computed(() => error.value !== undefined && errorOf(error.value).code === 'CONFLICT')
  onNews(isReset => {
    // A server that was started again since knows nothing of the work; what was stopped or failed stays so.
    if (isReset ? stopped.value || task.value?.state === 'failed' : !waits.value) return
    taskId.value = null
    failure.value = undefined
    void load.reload() // and what is there now is measured
  })
  return { found: load.value, task, ...{ error, waits, stopped, start, stop } }
}

/** Tells when a run may have made something, with every step and every end, and when such news may have been missed. */
function onNews(hear: (isReset: boolean) => void): void {
  const stop = useLiveStore().listen(event => {
    const isStep = event.type === 'run' && (event.event.type === 'step' || event.event.type === 'state')
    if (isStep || event.type === 'reset') hear(event.type === 'reset')
  })
  onScopeDispose(stop)
}
