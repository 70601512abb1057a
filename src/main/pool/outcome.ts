import { setMaxListeners } from 'node:events'
import { toErrorData, WorkbenchError, type ErrorData } from '../../shared/errors'
import type { TaskInput, TaskName, TaskOutput } from './poolClient'

/** One task as data. */
export interface TaskCall<Name extends TaskName = TaskName> {
  readonly name: Name
  readonly input: TaskInput<Name>
}

/** A task on its way to a thread of the pool. */
export interface PoolCall extends TaskCall {
  /** Of the StopFlag that its caller may raise. */
  readonly stop: Int32Array
}

/** How a task ended. Errors cross threads as data: structured clone would drop their code. */
export type TaskOutcome =
  | { readonly type: 'done'; readonly value: TaskOutput<TaskName> }
  | { readonly type: 'failed'; readonly error: ErrorData }

export function success(value: TaskOutput<TaskName>): TaskOutcome {
  return { type: 'done', value }
}

export function failure(error: unknown): TaskOutcome {
  return { type: 'failed', error: toErrorData(error) }
}

/** The value, or the error thrown again. @param outcome of a task of the name `Name` */
export function valueOf<Name extends TaskName>(outcome: TaskOutcome): TaskOutput<Name> {
  if (outcome.type === 'failed') throw new WorkbenchError(outcome.error.code, outcome.error.message)
  return outcome.value as TaskOutput<Name>
}

/** Rejects as soon as `signal` is aborted; the work itself comes to its own end, so that it leaves nothing half-done. */
export function untilAborted<Value>(work: Promise<Value>, signal: AbortSignal | undefined): Promise<Value> {
  if (!signal) return work
  // A run has one signal and many tasks: more listeners than Node takes for a leak.
  setMaxListeners(0, signal)
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason as Error)
    if (signal.aborted) abort()
    signal.addEventListener('abort', abort, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}
