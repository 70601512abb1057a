import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { blobPath } from '../../src/main/artifacts/blobStore'
import { addConfusion } from '../../src/shared/metrics/confusion'
import { scoresFromConfusion } from '../../src/shared/metrics/scores'
import type { Dataset, DatasetImage } from '../../src/shared/contract/dataset'
import type { ImageArtifact, MethodContext, StepReference } from '../../src/main/methods/context'
import { findMethod } from '../../src/main/methods/index'
import type { PoolClient } from '../../src/main/pool/poolClient'

/** Where the steps of a benchmark write, and what they share. */
export interface ChainFolders {
  readonly root: string
  readonly blobFolder: string
  readonly cacheFolder: string
  readonly pool: PoolClient
}

export interface ChainStep {
  readonly dataset: Dataset
  readonly seed: number
  readonly inputs?: MethodContext['inputs']
  readonly options?: object
  /** Copies into the new step's folder what the step shall find there. */
  readonly prepare?: (folder: string) => void
  readonly onMetric?: MethodContext['metric']
}

export interface FinishedStep {
  readonly reference: StepReference
  readonly summary: Readonly<Record<string, unknown>>
  readonly seconds: number
}

/** Kept in a step's folder once it is finished: a benchmark that was stopped goes on after it. */
const finishedFile = 'finished.json'

/**
 * Runs a method outside a project, as a run of one would: real engine, real pool, files in folders of its own. A step of
 * this name that is finished is not run again; one that was stopped while it trained goes on from its checkpoint.
 */
export async function runMethod(
  name: string,
  id: string,
  step: ChainStep,
  { root, pool, ...folders }: ChainFolders,
): Promise<FinishedStep> {
  const folder = join(root, 'runs', name)
  const kept = join(folder, finishedFile)
  if (existsSync(kept)) return JSON.parse(readFileSync(kept, 'utf8')) as FinishedStep
  mkdirSync(folder, { recursive: true })
  step.prepare?.(folder)
  const definition = findMethod(id)
  const artifacts: ImageArtifact[] = []
  const options = definition.options.parse(step.options ?? {})
  const { run } = await definition.load()
  const started = performance.now()
  const { summary } = await run(options, {
    ...folders,
    pool,
    folder,
    dataset: step.dataset,
    seed: step.seed,
    attempt: 1,
    signal: new AbortController().signal,
    inputs: step.inputs ?? {},
    cacheBudget: 4e9,
    existing: [],
    progress: () => undefined,
    log: line => console.error(`${name}: ${line}`),
    metric: step.onMetric ?? (() => undefined),
    artifact: artifact => artifacts.push(artifact),
    checkpoint: () => Promise.resolve(),
  })
  const seconds = (performance.now() - started) / 1000
  const reference = { step: name, method: id, outputs: definition.outputs, folder, options, artifacts }
  writeFileSync(kept, JSON.stringify({ reference, summary, seconds }))
  return { reference, summary, seconds }
}

/** mIoU over background and classes of a step's label maps on photos with ground truth, percent. */
export async function meanIou(
  { artifacts }: StepReference,
  images: readonly DatasetImage[],
  classes: number,
  { blobFolder, pool }: Pick<ChainFolders, 'blobFolder' | 'pool'>,
): Promise<number> {
  const total = new Float64Array((classes + 1) ** 2)
  const blobs = new Map(artifacts.filter(({ kind }) => kind === 'labels').map(({ imageId, blob }) => [imageId, blob]))
  for (const { id, truth } of images) {
    const labels = blobPath(blobFolder, blobs.get(id)!)
    addConfusion(total, (await pool.run('confusion', { labels, truth: truth!, classes })).matrix)
  }
  return (scoresFromConfusion(total).meanIou.value ?? 0) * 100
}
