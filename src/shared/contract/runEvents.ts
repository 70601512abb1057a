import type { JobProgress, WorkState } from './states'
import type { ErrorData } from '../errors'

/** What a run says while it goes on. The rows are the truth; an event only tells when to look. */
export type RunEvent =
  | { readonly type: 'state'; readonly runId: number; readonly state: WorkState; readonly error?: ErrorData }
  | StepEvent
  | {
      readonly type: 'progress'
      readonly runId: number
      readonly step: string
      readonly progress: JobProgress
      /** Bytes that the process of the worker holds. */
      readonly memory: number
    }
  /** New points of the step's curves are stored. */
  | { readonly type: 'metrics'; readonly runId: number; readonly step: string }
  /** The run is no more. */
  | { readonly type: 'removed'; readonly runId: number }
  | { readonly type: 'log'; readonly runId: number; readonly step: string | null; readonly line: string }

/** Where in its recipe a run is. */
export interface StepEvent {
  readonly type: 'step'
  readonly runId: number
  readonly step: string
  /** Place in the recipe, from 0, of `steps`. */
  readonly place: number
  readonly steps: number
  /** `skipped`: done before this run was resumed; `taken over`: done by another run. */
  readonly state: 'running' | 'done' | 'skipped' | 'taken over'
  /** Of `taken over`: the run that computed it. */
  readonly origin?: number
}

export type Emit = (event: RunEvent) => void
