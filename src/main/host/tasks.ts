import { randomUUID } from 'node:crypto'
import type { JobProgress } from '../../shared/contract/states'
import type { Task, TaskKind } from '../../shared/contract/tasks'
import { isCancellation, toErrorData, WorkbenchError } from '../../shared/errors'
import { Estimate } from '../jobs/estimate'
import type { EventBus } from './eventBus'
import type { Work } from './projectSession'

/** Finished tasks that are kept for tabs that come back. */
const keptTasks = 50
/** Progress is told this often at most: a person sees no more. */
const progressEveryMs = 100

export interface NewTask {
  readonly kind: TaskKind
  readonly title: string
  readonly project: string | null
}

/** The works of the main process. They live as long as the program: what must outlive it is a run. */
export class Tasks {
  readonly #bus: EventBus
  readonly #tasks = new Map<string, Task>()
  readonly #aborts = new Map<string, AbortController>()
  readonly #ends = new Map<string, Promise<void>>()

  constructor(bus: EventBus) {
    this.#bus = bus
  }

  /** Begins a work and returns at once; `work` stops when its signal aborts. */
  start(task: NewTask, work: (work: Work) => Promise<unknown>): Task {
    const started: Task = {
      ...task,
      id: randomUUID(),
      state: 'running',
      progress: null,
      error: null,
      startedAt: Date.now(),
      finishedAt: null,
    }
    const abort = new AbortController()
    this.#aborts.set(started.id, abort)
    this.#set(started)
    this.#ends.set(started.id, this.#run(started.id, work, abort.signal))
    return started
  }

  get(id: string): Task {
    const task = this.#tasks.get(id)
    if (task) return task
    throw new WorkbenchError('NOT_FOUND', 'This work is not known any more: the program was started again since.')
  }

  /** The newest first. */
  list(): readonly Task[] {
    return [...this.#tasks.values()].reverse()
  }

  cancel(id: string): void {
    this.get(id)
    this.#aborts.get(id)?.abort()
  }

  /** What is being done to a project. */
  runningIn(project: string): readonly Task[] {
    return this.list().filter(task => task.project === project && task.state === 'running')
  }

  /** Cancels what is being done to a project and waits for it: the project can be closed then. */
  async stopIn(project: string): Promise<void> {
    for (const { id } of this.runningIn(project)) {
      this.cancel(id)
      await this.ended(id)
    }
  }

  /** Resolves when the task has ended, however. */
  async ended(id: string): Promise<Task> {
    await this.#ends.get(id)
    return this.get(id)
  }

  /** Cancels all that runs and waits for it. */
  async close(): Promise<void> {
    for (const abort of this.#aborts.values()) abort.abort()
    await Promise.all(this.#ends.values())
  }

  async #run(id: string, work: (work: Work) => Promise<unknown>, signal: AbortSignal): Promise<void> {
    const estimate = new Estimate()
    let toldAt = 0
    const progress: Work['progress'] = ({ stage, done, total, unit }) => {
      const now = performance.now()
      const etaMs = estimate.update(stage, done, total, now)
      if (now - toldAt < progressEveryMs && done < total) return
      toldAt = now
      this.#change(id, { progress: { stage, done, total, unit, etaMs } satisfies JobProgress })
    }
    try {
      const result = await work({ signal, progress })
      this.#change(id, { state: 'done', result, finishedAt: Date.now() })
    } catch (error) {
      const cancelled = isCancellation(error) && signal.aborted
      if (!cancelled && process.env['MASKWRIGHT_DEBUG'] === '1') console.error(error)
      const end = cancelled ? { state: 'cancelled' as const } : { state: 'failed' as const, error: toErrorData(error) }
      this.#change(id, { ...end, finishedAt: Date.now() })
    } finally {
      this.#aborts.delete(id)
      this.#ends.delete(id)
    }
  }

  #change(id: string, values: Partial<Task>): void {
    this.#set({ ...this.get(id), ...values })
  }

  #set(task: Task): void {
    this.#tasks.set(task.id, task)
    const finished = [...this.#tasks.values()].filter(({ state }) => state !== 'running')
    for (const { id } of finished.slice(0, -keptTasks)) this.#tasks.delete(id)
    this.#bus.emit({ type: 'task', task })
  }
}
