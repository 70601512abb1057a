import type { Tasks } from './tasks'

export type TaskName = keyof Tasks
export type TaskInput<Name extends TaskName> = Parameters<Tasks[Name]>[0]
export type TaskOutput<Name extends TaskName> = Awaited<ReturnType<Tasks[Name]>>

/** The door to the CPU pool: the same in the main process (piscina) and in the compute worker (a MessagePort to it). */
export interface PoolClient {
  /** How many tasks run at once. */
  readonly threads: number
  /** Runs one task. Typed arrays come back by transfer. Rejects with AbortError once `signal` is aborted. */
  run<Name extends TaskName>(name: Name, input: TaskInput<Name>, signal?: AbortSignal): Promise<TaskOutput<Name>>
}
