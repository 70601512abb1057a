import { WorkbenchError } from '../errors'
import type { BestScores } from '../raster/labelsFromScores'
import { VOID } from '../raster/palette'
import { scoresFromConfusion, type Scores } from './scores'

/** 0.00, 0.01 … 1.00: each the double nearest to its decimal, as an option `0.44` is. */
export const sweepThresholds: readonly number[] = Array.from({ length: 101 }, (_, k) => k / 100)
const BINS = sweepThresholds.length + 1

/** What one photo adds to a sweep. Only the classes it has maps of are listed, so that 80 classes stay small. */
export interface SweepPart {
  /** `[n]` class indices. */
  readonly keys: Int32Array
  /** `[C + 1]` scored pixels by true label. */
  readonly truthPixels: Float64Array
  /** `[C + 1, n, 102]` pixels by true label, winning map and the number of thresholds below their score. */
  readonly histogram: Float64Array
}

/** The sum over photos, for every class. */
export interface Sweep {
  readonly classes: number
  readonly truthPixels: Float64Array
  /** `[C + 1, C, 102]` */
  readonly histogram: Float64Array
}

export interface SweepPoint {
  readonly threshold: number
  readonly scores: Scores
}

/**
 * How many thresholds each score exceeds, strictly: it is foreground at the first that many. ⌊100 · s⌋ thresholds are below for certain and one more may
 * be: a float32 that is not k/100 itself differs from it by 1e-9, and 100 · s is exact enough to tell.
 */
export function thresholdBins(scores: Float32Array): Uint8Array {
  const bins = new Uint8Array(scores.length)
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i]!
    const below = (score * 100) | 0
    bins[i] = below < 0 ? 0 : below > 100 ? BINS - 1 : score > sweepThresholds[below]! ? below + 1 : below
  }
  return bins
}

/**
 * @param truth `[pixels]`: 0 background, 1 … `classes`, 255 void; as many pixels as `best`
 * @param bins  `thresholdBins` of the winning scores, where they are known
 */
export function sweepPart(
  best: BestScores,
  keys: Int32Array,
  truth: Uint8Array,
  classes: number,
  bins = thresholdBins(best.scores),
): SweepPart {
  if (truth.length !== best.scores.length)
    throw new WorkbenchError('SHAPE_MISMATCH', `the truth has ${truth.length} pixels, the maps ${best.scores.length}`)
  const n = keys.length
  const truthPixels = new Float64Array(classes + 1)
  const histogram = new Float64Array((classes + 1) * n * BINS)
  for (let i = 0; i < truth.length; i++) {
    const label = truth[i]!
    if (label === VOID) continue
    if (label > classes)
      throw new WorkbenchError('BAD_INPUT', `label ${label} in the truth is none of the ${classes} classes`)
    truthPixels[label]!++
    if (n > 0) histogram[(label * n + best.places[i]!) * BINS + bins[i]!]!++
  }
  return { keys, truthPixels, histogram }
}

export function emptySweep(classes: number): Sweep {
  return {
    classes,
    truthPixels: new Float64Array(classes + 1),
    histogram: new Float64Array((classes + 1) * classes * BINS),
  }
}

/** Adds one photo to the running total. */
export function addToSweep(total: Sweep, { keys, truthPixels, histogram }: SweepPart): void {
  const { classes } = total
  if (truthPixels.length !== classes + 1 || keys.some(key => key >= classes))
    throw new WorkbenchError(
      'SHAPE_MISMATCH',
      `a sweep of ${truthPixels.length - 1} classes does not add to ${classes}`,
    )
  for (let label = 0; label <= classes; label++) {
    total.truthPixels[label]! += truthPixels[label]!
    for (let place = 0; place < keys.length; place++) {
      const from = (label * keys.length + place) * BINS
      const to = (label * classes + keys[place]!) * BINS
      for (let bin = 0; bin < BINS; bin++) total.histogram[to + bin]! += histogram[from + bin]!
    }
  }
}

/** `[C + 1, C + 1]` confusion at `sweepThresholds[index]`: what labelsFromScores and confusion give there, exactly. */
export function sweepConfusion({ classes, truthPixels, histogram }: Sweep, index: number): Float64Array {
  const side = classes + 1
  const matrix = new Float64Array(side * side)
  for (let label = 0; label < side; label++) {
    let background = truthPixels[label]!
    for (let key = 0; key < classes; key++) {
      const start = (label * classes + key) * BINS
      let above = 0
      for (let bin = index + 1; bin < BINS; bin++) above += histogram[start + bin]!
      matrix[label * side + key + 1] = above
      background -= above
    }
    matrix[label * side] = background
  }
  return matrix
}

/** The scores at every threshold. */
export function sweepCurve(sweep: Sweep): SweepPoint[] {
  return sweepThresholds.map((threshold, index) => ({
    threshold,
    scores: scoresFromConfusion(sweepConfusion(sweep, index)),
  }))
}

/** The lowest threshold of the highest mIoU. It is chosen on the photos it is reported on: say so beside it. */
export function bestThreshold(curve: readonly SweepPoint[]): SweepPoint {
  const best = curve.reduce((a, b) => ((b.scores.meanIou.value ?? -1) > (a.scores.meanIou.value ?? -1) ? b : a))
  if (best.scores.meanIou.value === null)
    throw new WorkbenchError('BAD_INPUT', 'no scored pixel in the truth: a threshold cannot be chosen on it')
  return best
}
