import type { Dataset } from '../../../shared/contract/dataset'
import type { ErrorData } from '../../../shared/errors'
import type { PrototypeSimilarity } from '../../../shared/prototypes/similarity'
import type { ArtifactKind, ImageArtifact, InspectionContext, Progress, StepReference } from '../../methods/index'

/** What a worker is started with. */
export interface WorkerSettings {
  /** Where TensorFlow is and what it must run on, as `locateEngine` found it. */
  readonly engine: { readonly library: string; readonly require: 'cpu' | 'gpu'; readonly reason: string }
  readonly engineThreads: number
  /** Share of the GPU's memory in (0, 1]; 0: as it needs. */
  readonly memoryFraction: number
  readonly poolThreads: number
}

/** What a run's row records about the engine that made it: figures of different engines may differ. */
export interface EngineRecord {
  readonly library: string
  readonly version: string
  readonly device: string
  readonly kind: 'cpu' | 'gpu'
  readonly threads: number
  readonly reason: string
}

/** One step of a run, with all that a method is told. Paths are absolute. */
export interface StepOrder {
  readonly name: string
  readonly method: string
  readonly options: Readonly<Record<string, unknown>>
  readonly dataset: Dataset
  readonly seed: number
  readonly attempt: number
  readonly inputs: Partial<Record<ArtifactKind, StepReference>>
  readonly folder: string
  readonly blobFolder: string
  readonly cacheFolder: string
  /** Bytes. */
  readonly cacheBudget: number
  readonly existing: readonly ImageArtifact[]
}

/** One photo and one class of a finished step, to be looked into. */
export interface InspectionOrder extends Omit<InspectionContext, 'pool' | 'signal'> {
  readonly method: string
  readonly options: Readonly<Record<string, unknown>>
}

/** Main to worker. One step at a time; `close` cancels it and ends the worker. */
export type ToWorker =
  | { readonly type: 'step'; readonly order: StepOrder }
  | { readonly type: 'inspect'; readonly order: InspectionOrder }
  | { readonly type: 'pause' }
  | { readonly type: 'resume' }
  | { readonly type: 'cancel' }
  | { readonly type: 'close' }

/** Worker to main. `step` is answered by one of `done`, `cancelled`, `failed`; `inspect` by `inspected` or `failed`. */
export type FromWorker =
  | { readonly type: 'ready'; readonly engine: EngineRecord }
  /** `memory`: bytes that the process holds. */
  | { readonly type: 'progress'; readonly progress: Progress; readonly memory: number }
  | { readonly type: 'log'; readonly line: string }
  | { readonly type: 'metric'; readonly name: string; readonly value: number; readonly at: number | null }
  | { readonly type: 'artifact'; readonly artifact: ImageArtifact }
  | { readonly type: 'paused' }
  | { readonly type: 'done'; readonly summary: Readonly<Record<string, unknown>>; readonly peakMemory: number }
  | { readonly type: 'cancelled' }
  | { readonly type: 'inspected'; readonly similarity: PrototypeSimilarity }
  | { readonly type: 'failed'; readonly error: ErrorData }
