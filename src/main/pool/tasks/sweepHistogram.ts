import { sweepPart, type SweepPart } from '../../../shared/metrics/sweep'
import { scoreArgmax } from '../../../shared/raster/labelsFromScores'
import { readLabelMap } from '../../artifacts/labelMaps'
import { readScoreMaps } from '../../artifacts/scoreMaps'
import { checkSameSize } from './sameSize'

export interface SweepHistogramInput {
  /** Path of stored score maps. */
  readonly scores: string
  /** Path of the true label map. */
  readonly truth: string
  /** Foreground classes C. */
  readonly classes: number
}

/** What one photo adds to a threshold sweep; `addToSweep` merges it. */
export async function sweepHistogram(input: SweepHistogramInput): Promise<SweepPart> {
  const [scores, truth] = await Promise.all([readScoreMaps(input.scores), readLabelMap(input.truth)])
  const photo = { width: scores.photoWidth, height: scores.photoHeight }
  checkSameSize(input.scores, photo, input.truth, truth)
  return sweepPart(scoreArgmax(scores, photo), scores.keys, truth.labels, input.classes)
}
