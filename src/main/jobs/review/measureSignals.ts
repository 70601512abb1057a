import { createHash } from 'node:crypto'
import { blobPath } from '../../artifacts/blobStore'
import type { Project } from '../../db/open'
import { forEachInPool, type PoolWorkContext } from '../../pool/forEachInPool'
import type { ReviewSignals } from '../../pool/tasks/reviewSignals'
import { findScoreStep, planOf, upstream } from '../findStep'
import type { HashedResult } from '../resultStore'
import { thresholdStepOf } from '../thresholdStep'
import type { FoundSource } from './sources'

/** Where no step has cut the maps yet: LPCAM's own. */
const usualThreshold = 0.3
/** Says a measurement's contents by their hash: changed when the measuring itself changes. */
const VERSION = 2

/** What was measured, by photo. */
export interface Measured<Value> extends HashedResult {
  readonly photos: readonly (readonly [image: number, value: Value])[]
}

/** What can be measured: on what, before any file is read. */
export interface PlannedSignals extends HashedResult {
  readonly source: FoundSource
  /** The step whose maps the masks came from; null: there are none. */
  readonly scoreStep: string | null
  readonly threshold: number
  readonly photos: readonly { readonly image: number; readonly labels: string; readonly scores: string | null }[]
}

/** Finds the masks of a step and the score maps that they came from, however many steps lie between. */
export function planSignals(project: Project, source: FoundSource): PlannedSignals {
  const run = project.runs.get(source.run)
  const plan = planOf(run)
  const step = plan.steps.find(({ name }) => name === source.step)
  const near = step && upstream(plan, step).findLast(({ name }) => project.artifacts.has(run.id, name, 'scores'))
  const scoreStep = near === undefined ? null : findScoreStep(plan, near.name).name
  const scores = new Map(scoreStep === null ? [] : blobsOf(project, { run: run.id, step: scoreStep }, 'scores'))
  const photos = [...blobsOf(project, source, 'labels')].map(([image, labels]) => ({
    image,
    labels,
    scores: scores.get(image) ?? null,
  }))
  const cut = scoreStep === null ? null : thresholdStepOf(project, run, plan, scoreStep)
  const threshold = cut?.used ?? usualThreshold
  return { source, scoreStep, threshold, photos, hash: measurementHash('signals', threshold, photos) }
}

/** Reads every mask and its maps once, in the pool. */
export async function measureSignals(
  project: Project,
  { hash, photos, threshold, source }: PlannedSignals,
  work: PoolWorkContext,
): Promise<Measured<ReviewSignals>> {
  const path = (blob: string) => blobPath(project.blobFolder, blob)
  const measured: [number, ReviewSignals][] = []
  await forEachInPool(work, photos, `reading ${source.step}`, async ({ image, labels, scores }) => {
    const paths = { labels: path(labels), scores: scores === null ? null : path(scores) }
    measured.push([image, await work.pool.run('reviewSignals', { ...paths, threshold })])
  })
  return { hash, photos: measured }
}

/** Hash names of what a step made of one kind, with their photos. */
export function blobsOf(
  project: Project,
  { run, step }: { readonly run: number; readonly step: string },
  kind: string,
) {
  return project.artifacts.listForStep(run, step, kind).map(row => [row.imageId, row.blob] as const)
}

/** Says a measurement's contents: of what, how, and which blobs. */
export function measurementHash(what: string, threshold: number, photos: readonly object[]): string {
  const hash = createHash('sha256').update(JSON.stringify([VERSION, what, threshold]))
  for (const photo of photos) hash.update(JSON.stringify(Object.values(photo)))
  return hash.digest('hex')
}
