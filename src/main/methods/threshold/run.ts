import { WorkbenchError } from '../../../shared/errors'
import { addToSweep, bestThreshold, emptySweep, sweepCurve } from '../../../shared/metrics/sweep'
import { blobPath } from '../../artifacts/blobStore'
import { forEachInPool } from '../../pool/forEachInPool'
import type { MethodContext, StepResult } from '../context'
import { FIXED_THRESHOLD, type ThresholdOptions } from './options'

interface ChosenThreshold {
  readonly threshold: number
  /** How it came to be: stands beside every figure made with it. */
  readonly chosenOn: 'given' | 'truth' | 'fixed'
  /** Photos with truth that it was chosen on. */
  readonly photos: number
}

/** Makes one label map a photo from its score maps. The pixels are worked in the CPU pool. */
export async function run(options: ThresholdOptions, context: MethodContext): Promise<StepResult> {
  const scores = new Map(
    context.inputs
      .scores!.artifacts.filter(({ kind }) => kind === 'scores')
      .map(({ imageId, blob }) => [imageId, blob]),
  )
  const chosen = await chooseThreshold(options, scores, context)
  context.log(describeChoice(chosen))
  context.metric('threshold', chosen.threshold)
  const done = new Set(context.existing.map(({ imageId }) => imageId))
  const pending = context.dataset.images.filter(({ id }) => scores.has(id) && !done.has(id))
  let nan = 0
  await forEachInPool(context, pending, 'label maps', async image => {
    const made = await context.pool.run(
      'labelMap',
      {
        scores: blobPath(context.blobFolder, scores.get(image.id)!),
        threshold: chosen.threshold,
        blobFolder: context.blobFolder,
      },
      context.signal,
    )
    nan += made.nan
    context.artifact({ imageId: image.id, kind: 'labels', blob: made.blob })
  })
  const withoutScores = context.dataset.images.length - scores.size
  return { summary: { ...chosen, photosWithoutScores: withoutScores, ...(nan > 0 ? { nanScores: nan } : {}) } }
}

async function chooseThreshold(
  { threshold }: ThresholdOptions,
  scores: ReadonlyMap<number, string>,
  context: MethodContext,
): Promise<ChosenThreshold> {
  if (typeof threshold === 'number') return { threshold, chosenOn: 'given', photos: 0 }
  const withTruth = context.dataset.images.flatMap(image => {
    const blob = scores.get(image.id)
    return image.truth !== undefined && blob !== undefined ? [{ ...image, truth: image.truth, blob }] : []
  })
  if (withTruth.length === 0) {
    if (threshold === 'auto') return { threshold: FIXED_THRESHOLD, chosenOn: 'fixed', photos: 0 }
    throw new WorkbenchError(
      'BAD_INPUT',
      'No photo has ground truth to choose a threshold on: import masks, or set threshold to a number such as 0.3.',
    )
  }
  const classes = context.dataset.classes.length
  const sweep = emptySweep(classes)
  await forEachInPool(context, withTruth, 'threshold sweep', async ({ truth, blob }) => {
    const part = await context.pool.run(
      'sweepHistogram',
      { scores: blobPath(context.blobFolder, blob), truth, classes },
      context.signal,
    )
    addToSweep(sweep, part)
  })
  const best = bestThreshold(sweepCurve(sweep))
  return { threshold: best.threshold, chosenOn: 'truth', photos: withTruth.length }
}

function describeChoice({ threshold, chosenOn, photos }: ChosenThreshold): string {
  const text = `threshold ${threshold.toFixed(2)}`
  if (chosenOn === 'given') return `${text}, as given`
  if (chosenOn === 'fixed') return `${text}, fixed: no photo has ground truth to choose one on`
  return `${text}, the best on the ground truth of ${photos} photos (figures on these photos flatter it)`
}
