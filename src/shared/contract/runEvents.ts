import type { JobProgress, WorkState } from './states'
import type { ErrorData } from '../errors'

/** What a run says while it goes on. The rows are the truth; an event only tells when to look. */
export type RunEvent =
  | { readonly type: 'state'; readonly runId: number; readonly state: WorkState; readonly error?: ErrorData }
  | {
      readonly type: 'step'
      readonly runId: number
      readonly step: string
      /** Place in the recipe, from 0, of `steps`. */
      readonly place: number
      readonly steps: number
      readonly state: 'running' | 'done' | 'skipped'
    }
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

export type Emit = (event: RunEvent) => void
