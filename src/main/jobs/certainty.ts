import { createHash } from 'node:crypto'
import { WorkbenchError } from '../../shared/errors'
import { blobPath } from '../artifacts/blobStore'
import type { Project } from '../db/open'
import type { RunRow } from '../db/schema'
import { forEachInPool, type PoolWorkContext } from '../pool/forEachInPool'
import { findScoreStep, planOf } from './findStep'
import type { HashedResult } from './resultStore'
import { thresholdStepOf } from './thresholdStep'

/** Where no step has cut the maps yet: LPCAM's own. */
const usualThreshold = 0.3

/** How clearly the mask of each photo is decided, by one step's maps at one threshold. */
export interface Certainty extends HashedResult {
  /** Photo and `meanMargin`; null where nothing in the photo is foreground. */
  readonly margins: readonly (readonly [image: number, margin: number | null])[]
}

/** A certainty that can be measured: what it is of, before any map is read. */
export interface PlannedCertainty extends HashedResult {
  readonly run: number
  readonly step: string
  readonly threshold: number
  readonly photos: readonly { readonly image: number; readonly blob: string }[]
}

/** Says a certainty's contents by their hash: changed when the measuring itself changes. */
const VERSION = 1

/** @throws BAD_INPUT where the step has no maps; CONFLICT while it is still making them; NOT_FOUND */
export function planCertainty(project: Project, run: RunRow, stepName: string): PlannedCertainty {
  const plan = planOf(run)
  const { name: step } = findScoreStep(plan, stepName)
  if (project.runs.step(run.id, step)?.state === 'running')
    throw new WorkbenchError('CONFLICT', `Step "${step}" of run ${run.id} is still making its maps: wait for it.`)
  const rows = project.artifacts.listForStep(run.id, step, 'scores')
  const photos = rows.map(({ imageId, blob }) => ({ image: imageId, blob }))
  if (photos.length === 0)
    throw new WorkbenchError('BAD_INPUT', `Step "${step}" of run ${run.id} (${run.state}) has made no maps yet.`)
  const threshold = thresholdStepOf(project, run, plan, step)?.used ?? usualThreshold
  const hash = createHash('sha256').update(JSON.stringify([VERSION, threshold]))
  for (const { image, blob } of photos) hash.update(JSON.stringify([image, blob]))
  return { run: run.id, step, threshold, photos, hash: hash.digest('hex') }
}

/** Reads every map once, in the pool. */
export async function measureCertainty(
  project: Project,
  { hash, step, threshold, photos }: PlannedCertainty,
  work: PoolWorkContext,
): Promise<Certainty> {
  const margins: [number, number | null][] = []
  await forEachInPool(work, photos, `reading ${step}`, async ({ image, blob }) => {
    const scores = blobPath(project.blobFolder, blob)
    margins.push([image, await work.pool.run('photoMargin', { scores, threshold })])
  })
  return { hash, margins }
}

/**
 * Photos with the least certain ones first: those in which nothing was found, then from the narrowest margin to the
 * widest, then those without maps. Equals stay in the order in which they come.
 */
export function leastCertainFirst(ids: Uint32Array, { margins }: Certainty): Uint32Array {
  const rank = new Map(margins.map(([image, margin]) => [image, margin ?? -1]))
  const at = (id: number) => rank.get(id) ?? Number.MAX_VALUE
  return Uint32Array.from(Array.from(ids).sort((a, b) => at(a) - at(b)))
}
