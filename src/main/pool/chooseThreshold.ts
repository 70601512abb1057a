import { WorkbenchError } from '../../shared/errors'
import { addToSweep, bestThreshold, emptySweep, sweepCurve } from '../../shared/metrics/sweep'
import { forEachInPool, type PoolWorkContext } from './forEachInPool'

/** The threshold used where no truth exists to choose one on: LPCAM's, and within 6 points of the best on real photos. */
export const FIXED_THRESHOLD = 0.3

/** A number, or how to come by one: see `thresholdOptions`. */
export type WantedThreshold = number | 'best-on-truth' | 'auto'

export interface ChosenThreshold {
  readonly threshold: number
  /** How it came to be: stands beside every figure made with it. */
  readonly chosenOn: 'given' | 'truth' | 'fixed'
  /** Photos with truth that it was chosen on. */
  readonly chosenOnPhotos: number
}

/** A photo that a threshold can be chosen on: paths of its score maps and of its true label map. */
export interface ScoredTruth {
  readonly scores: string
  readonly truth: string
}

/**
 * The threshold that is given, or the best on the photos with truth, or the fixed one.
 * @param classes foreground classes C
 * @throws BAD_INPUT where the best on truth is asked for and there is none
 */
export async function chooseThreshold(
  wanted: WantedThreshold,
  withTruth: readonly ScoredTruth[],
  classes: number,
  context: PoolWorkContext & { readonly signal: AbortSignal },
): Promise<ChosenThreshold> {
  if (typeof wanted === 'number') return { threshold: wanted, chosenOn: 'given', chosenOnPhotos: 0 }
  if (withTruth.length === 0) {
    if (wanted === 'auto') return { threshold: FIXED_THRESHOLD, chosenOn: 'fixed', chosenOnPhotos: 0 }
    throw new WorkbenchError(
      'BAD_INPUT',
      'No photo has ground truth to choose a threshold on: import masks, or set threshold to a number such as 0.3.',
    )
  }
  const sweep = emptySweep(classes)
  await forEachInPool(context, withTruth, 'threshold sweep', async photo => {
    addToSweep(sweep, await context.pool.run('sweepHistogram', { ...photo, classes }, context.signal))
  })
  const best = bestThreshold(sweepCurve(sweep))
  return { threshold: best.threshold, chosenOn: 'truth', chosenOnPhotos: withTruth.length }
}

export function describeChoice({ threshold, chosenOn, chosenOnPhotos }: ChosenThreshold): string {
  const text = `threshold ${threshold.toFixed(2)}`
  if (chosenOn === 'given') return `${text}, as given`
  if (chosenOn === 'fixed') return `${text}, fixed: no photo has ground truth to choose one on`
  return `${text}, the best on the ground truth of ${chosenOnPhotos} photos (figures on these photos flatter it)`
}
