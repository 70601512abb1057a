import type { ErrorData } from '../../shared/errors'
import type { SampleSummary } from './makeSample'
import type { SampleOptions } from './options'

/** What the thread that draws the sample is started with. Any message to it means: stop. */
export interface SampleOrder {
  readonly folder: string
  readonly options: SampleOptions
}

export type FromSampleWorker =
  | { readonly type: 'progress'; readonly done: number; readonly total: number }
  | { readonly type: 'done'; readonly summary: SampleSummary }
  | { readonly type: 'cancelled' }
  | { readonly type: 'failed'; readonly error: ErrorData }
