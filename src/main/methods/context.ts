import type { Dataset, DatasetImage } from '../../shared/contract/dataset'
import type { ArtifactKind } from './defineMethod'
import type { PoolClient } from '../pool/poolClient'

/** Where a finished step left its results: a folder of its own inside the run's folder. */
export interface StepReference {
  readonly step: string
  readonly method: string
  readonly outputs: readonly ArtifactKind[]
  /** Absolute path of `runs/<run>/<step>`. */
  readonly folder: string
  /** The step's options, fully parsed. */
  readonly options: Readonly<Record<string, unknown>>
  /** The blobs it recorded, ordered by kind, then by photo. */
  readonly artifacts: readonly ImageArtifact[]
}

export interface Progress {
  readonly done: number
  readonly total: number
  /** What is counted: 'photos', 'steps' … */
  readonly unit: string
  /** What is being done, e.g. 'features at scale 1.5'. */
  readonly stage: string
}

export interface ImageArtifact {
  readonly imageId: number
  readonly kind: ArtifactKind
  /** Hash name of the blob, with its extension: `<sha256>.safetensors` or `<sha256>.png`. */
  readonly blob: string
}

/** Everything a method may touch. It runs in the compute worker; whatever it makes leaves as files and messages. */
export interface MethodContext {
  readonly dataset: Dataset
  readonly seed: number
  /** 1 at first; one more each time the worker is started again after OUT_OF_MEMORY: halve the micro-batch with it. */
  readonly attempt: number
  readonly signal: AbortSignal
  /** Earlier steps of the recipe by the kind they give. */
  readonly inputs: Partial<Record<ArtifactKind, StepReference>>
  /** This step's own folder, already made. What it holds survives a kill: a resumed step finds it again. */
  readonly folder: string
  /** Where hash-named blobs go (`blobs/`), by artifacts/blobStore. */
  readonly blobFolder: string
  /** Where caches live that may be deleted at any time. */
  readonly cacheFolder: string
  /** Bytes that the caches may fill, from `cache.budgetGigabytes`. */
  readonly cacheBudget: number
  readonly pool: PoolClient
  /** Blobs that this step recorded before it was interrupted; `pool/recount` counts them into the summary. */
  readonly existing: readonly ImageArtifact[]
  readonly progress: (progress: Progress) => void
  readonly log: (line: string) => void
  readonly metric: (name: string, value: number, at?: number) => void
  readonly artifact: (artifact: ImageArtifact) => void
  /** Resolves at once, or waits while the run is paused; throws AbortError when it is cancelled. Call once a step. */
  readonly checkpoint: () => Promise<void>
}

export interface StepResult {
  /** Facts worth keeping with the run: thresholds chosen, clusters, seconds a stage. JSON data. */
  readonly summary: Readonly<Record<string, unknown>>
}

/** What a method is told to look into one of its finished steps for one photo and class. It only reads. */
export interface InspectionContext {
  /** `runs/<run>/<step>`. */
  readonly folder: string
  readonly inputs: Partial<Record<ArtifactKind, StepReference>>
  readonly image: DatasetImage
  readonly classIndex: number
  readonly cacheFolder: string
  /** Bytes. */
  readonly cacheBudget: number
  readonly pool: PoolClient
  readonly signal: AbortSignal
}
