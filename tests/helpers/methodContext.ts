import type { Dataset } from '../../src/shared/contract/dataset'
import type { ImageArtifact, MethodContext } from '../../src/main/methods/context'
import { temporaryFolder } from './temporaryFolder'

/** A context for running a method in a test, and what the method reported to it. */
export interface RecordedContext {
  readonly context: MethodContext
  readonly artifacts: ImageArtifact[]
  readonly log: string[]
}

/** Without a pool and inputs unless they are given; nothing cancels it. */
export function methodContext(
  dataset: Dataset,
  blobFolder: string,
  given: Partial<MethodContext> = {},
): RecordedContext {
  const artifacts: ImageArtifact[] = []
  const log: string[] = []
  const context: MethodContext = {
    dataset,
    blobFolder,
    seed: 1,
    attempt: 1,
    signal: new AbortController().signal,
    inputs: {},
    folder: temporaryFolder(),
    cacheFolder: temporaryFolder(),
    cacheBudget: 1e9,
    pool: { threads: 1, run: name => Promise.reject(new Error(`this test has no pool for ${name}`)) },
    existing: [],
    progress: () => undefined,
    log: line => log.push(line),
    metric: () => undefined,
    artifact: artifact => artifacts.push(artifact),
    checkpoint: () => Promise.resolve(),
    ...given,
  }
  return { context, artifacts, log }
}
