import { createHash } from 'node:crypto'
import { WorkbenchError } from '../../../shared/errors'
import type { MaskDispute } from '../../../shared/metrics/maskDispute'
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

export interface PlannedDisputes extends HashedResult {
  readonly photos: readonly { readonly image: number; readonly first: string; readonly second: string }[]
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
  return { source, scoreStep, threshold, photos, hash: hashOf('signals', threshold, photos) }
}

/** @throws BAD_INPUT where the two have no photo in common */
export function planDisputes(project: Project, source: FoundSource, against: FoundSource): PlannedDisputes {
  const second = new Map(blobsOf(project, against, 'labels'))
  const photos = blobsOf(project, source, 'labels').flatMap(([image, first]) => {
    const other = second.get(image)
    return other === undefined ? [] : [{ image, first, second: other }]
  })
  if (photos.length === 0)
    throw new WorkbenchError(
      'BAD_INPUT',
      `"${source.step}" of run ${source.run} and "${against.step}" of run ${against.run} have no photo in common: ` +
        'compare runs of the same photos.',
    )
  return { photos, hash: hashOf('disputes', 0, photos) }
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

/** Reads both masks of every photo once, in the pool. */
export async function measureDisputes(
  project: Project,
  { hash, photos }: PlannedDisputes,
  work: PoolWorkContext,
): Promise<Measured<MaskDispute>> {
  const path = (blob: string) => blobPath(project.blobFolder, blob)
  const measured: [number, MaskDispute][] = []
  await forEachInPool(work, photos, 'comparing masks', async ({ image, first, second }) => {
    measured.push([image, await work.pool.run('maskDispute', { first: path(first), second: path(second) })])
  })
  return { hash, photos: measured }
}

function blobsOf(project: Project, { run, step }: { readonly run: number; readonly step: string }, kind: string) {
  return project.artifacts.listForStep(run, step, kind).map(row => [row.imageId, row.blob] as const)
}

function hashOf(what: string, threshold: number, photos: readonly object[]): string {
  const hash = createHash('sha256').update(JSON.stringify([VERSION, what, threshold]))
  for (const photo of photos) hash.update(JSON.stringify(Object.values(photo)))
  return hash.digest('hex')
}
