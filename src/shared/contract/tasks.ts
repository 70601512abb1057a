import type { ErrorData } from '../errors'
import type { JobProgress } from './states'

/** Works of the main process that take longer than a request: they can be watched and cancelled from every tab. */
export const taskKinds = [
  'import',
  'sample',
  'evaluate',
  'sweep',
  'export',
  'rebase',
  'check',
  'install',
  'doctor',
  'files',
] as const
export type TaskKind = (typeof taskKinds)[number]

export type TaskState = 'running' | 'done' | 'failed' | 'cancelled'

export interface Task {
  readonly id: string
  readonly kind: TaskKind
  /** What is being done, for people: "Import /photos". */
  readonly title: string
  /** Key of the project it is of; null for a work of the program. */
  readonly project: string | null
  readonly state: TaskState
  readonly progress: JobProgress | null
  /** What it made, as its kind defines it; left out until it is done. */
  readonly result?: unknown
  readonly error: ErrorData | null
  readonly startedAt: number
  readonly finishedAt: number | null
}
