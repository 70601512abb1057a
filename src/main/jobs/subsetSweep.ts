import { createHash } from 'node:crypto'
import type { DatasetImage } from '../../shared/contract/dataset'
import type { TruthKind } from '../../shared/contract/evaluation'
import type { ImageFilter } from '../../shared/contract/imageFilter'
import type { SubsetSweep, SubsetSweepRow } from '../../shared/contract/thresholdSweep'
import { WorkbenchError } from '../../shared/errors'
import { addToProxies, emptyProxies, proxyCurve } from '../../shared/metrics/proxies'
import { addToSweep, emptySweep, sweepCurve, type SweepPoint } from '../../shared/metrics/sweep'
import { blobPath } from '../artifacts/blobStore'
import type { Project } from '../db/open'
import type { RunRow } from '../db/schema'
import { forEachInPool, type PoolWorkContext } from '../pool/forEachInPool'
import { datasetOfRun, truthOf } from './figureOrigin'
import { findScoreStep, planOf } from './findStep'
import { thresholdStepOf } from './thresholdStep'

interface SweptPhoto {
  readonly image: DatasetImage
  /** Path of the label map that is called true; null: the photo has none. */
  readonly truth: string | null
  /** Name of the score maps' blob. */
  readonly blob: string
}

/** A sweep that can be made: what it is of, before any map is read. */
export interface PlannedSweep {
  readonly of: Pick<
    SubsetSweep,
    'run' | 'runName' | 'step' | 'split' | 'subset' | 'truth' | 'asked' | 'hash' | 'thresholdStep'
  >
  /** Foreground classes. */
  readonly classes: readonly string[]
  readonly photos: readonly SweptPhoto[]
}

/** Says a sweep's contents by their hash: changed when the sweeping itself changes. */
const VERSION = 2

/**
 * Finds what a sweep is of: the photos of the run's split that `subset` means and of which `stepName` made maps.
 * @throws BAD_INPUT where there are none; CONFLICT while the step is still making them
 */
export function planSubsetSweep(
  project: Project,
  run: RunRow,
  stepName: string,
  subset: ImageFilter,
  truth: TruthKind = 'ground_truth',
): PlannedSweep {
  const plan = planOf(run)
  const step = findScoreStep(plan, stepName)
  if (project.runs.step(run.id, step.name)?.state === 'running')
    throw new WorkbenchError('CONFLICT', `Step "${step.name}" of run ${run.id} is still making its maps: wait for it.`)
  const dataset = datasetOfRun(project, run)
  const asked = photosOf(project, dataset.images, subset)
  const blobs = new Map(project.artifacts.listForStep(run.id, step.name, 'scores').map(row => [row.imageId, row.blob]))
  const photos = asked.flatMap(image => {
    const blob = blobs.get(image.id)
    return blob === undefined ? [] : [{ image, truth: truthOf(image, truth) ?? null, blob }]
  })
  if (photos.length === 0) throw nothingToSweep(run, step.name, asked.length, blobs.size)
  const hash = createHash('sha256').update(JSON.stringify([VERSION, run.id, step.name, dataset.classes]))
  for (const { image, truth, blob } of photos) hash.update(JSON.stringify([image.id, blob, truth, image.labels]))
  return {
    of: {
      run: run.id,
      runName: run.name,
      step: step.name,
      split: dataset.split,
      subset,
      truth,
      asked: asked.length,
      hash: hash.digest('hex'),
      thresholdStep: thresholdStepOf(project, run, plan, step.name),
    },
    classes: dataset.classes,
    photos,
  }
}

/** Every threshold from 0.00 to 1.00 in one pass over the stored maps: the figures where there is truth, and the proxies. */
export async function sweepSubset(
  project: Project,
  { of, classes, photos }: PlannedSweep,
  work: PoolWorkContext,
): Promise<SubsetSweep> {
  const started = performance.now()
  const sweep = emptySweep(classes.length)
  const proxies = emptyProxies(classes.length)
  let withTruth = 0
  await forEachInPool(work, photos, `sweeping ${of.step}`, async ({ image, truth, blob }) => {
    const part = await work.pool.run('thresholdProfile', {
      scores: blobPath(project.blobFolder, blob),
      truth,
      classes: classes.length,
    })
    addToProxies(proxies, part.proxies, image.labels)
    if (part.sweep === null) return
    addToSweep(sweep, part.sweep)
    withTruth++
  })
  return {
    ...of,
    photos: photos.length,
    withTruth,
    classes: ['background', ...classes],
    curve: withTruth === 0 ? [] : sweepCurve(sweep).map(rowOf),
    proxies: proxyCurve(proxies),
    seconds: (performance.now() - started) / 1000,
  }
}

function photosOf(project: Project, images: readonly DatasetImage[], subset: ImageFilter): readonly DatasetImage[] {
  if (Object.keys(subset).length === 0) return images
  const meant = new Set(project.photos.ids(subset))
  return images.filter(({ id }) => meant.has(id))
}

function rowOf({ threshold, scores }: SweepPoint): SubsetSweepRow {
  return {
    threshold,
    meanIou: scores.meanIou.value,
    falsePositive: scores.falsePositive.value,
    falseNegative: scores.falseNegative.value,
    iou: scores.perClass.map(({ iou }) => iou),
    falsePositives: scores.perClass.map(({ falsePositive }) => falsePositive),
    falseNegatives: scores.perClass.map(({ falseNegative }) => falseNegative),
  }
}

function nothingToSweep(run: RunRow, step: string, asked: number, made: number): WorkbenchError {
  if (asked === 0)
    return new WorkbenchError('BAD_INPUT', 'No photo of this run fits the filter: take a part of it away.')
  const what = made === 0 ? 'has made no maps yet' : `has made no map of the ${asked} photos that the filter means`
  return new WorkbenchError('BAD_INPUT', `Step "${step}" of run ${run.id} (${run.state}) ${what}.`)
}
