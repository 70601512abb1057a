import { WorkbenchError } from '../errors'
import { VOID } from '../raster/palette'

/**
 * Counts of pixels by true and predicted label, void pixels of the truth left out; a predicted void is background.
 *
 * @param truth      `[pixels]`: 0 background, 1 … `classes`, 255 void
 * @param prediction same length and labels
 * @param classes    foreground classes C
 * @returns          `[C + 1, C + 1]`, rows truth, columns prediction
 */
export function confusion(truth: Uint8Array, prediction: Uint8Array, classes: number): Float64Array {
  if (truth.length !== prediction.length)
    throw new WorkbenchError(
      'SHAPE_MISMATCH',
      `the truth has ${truth.length} pixels, the prediction ${prediction.length}`,
    )
  const pairs = new Uint32Array(256 * 256)
  for (let i = 0; i < truth.length; i++) pairs[truth[i]! * 256 + prediction[i]!]!++
  return foldPairs(pairs, classes)
}

/** From counts of every pair of bytes to the (C + 1)² that are scored. */
function foldPairs(pairs: Uint32Array, classes: number): Float64Array {
  const side = classes + 1
  const matrix = new Float64Array(side * side)
  for (let pair = 0; pair < pairs.length; pair++) {
    const count = pairs[pair]!
    const truth = pair >> 8
    const predicted = (pair & 255) === VOID ? 0 : pair & 255
    if (count === 0 || truth === VOID) continue
    if (truth > classes || predicted > classes)
      throw new WorkbenchError(
        'BAD_INPUT',
        `label ${Math.max(truth, predicted)} in the ${truth > classes ? 'truth' : 'prediction'} is none of the ` +
          `${classes} classes: labels are 0 (background), 1 … ${classes} and 255 (void)`,
      )
    matrix[truth * side + predicted]! += count
  }
  return matrix
}

/** Adds one photo's confusion to a running total of the same size. */
export function addConfusion(total: Float64Array, part: Float64Array): void {
  if (total.length !== part.length)
    throw new WorkbenchError('SHAPE_MISMATCH', `confusion of ${part.length} cells does not add to ${total.length}`)
  for (let i = 0; i < total.length; i++) total[i]! += part[i]!
}

/** One cell of a confusion that is not 0. */
export interface ConfusionCell {
  /** Labels: 0 background, 1 … C. */
  readonly truth: number
  readonly predicted: number
  readonly pixels: number
}

/** The cells that are not 0: a photo has few, whatever the number of classes. @param matrix `[C + 1, C + 1]` */
export function confusionCells(matrix: Float64Array): ConfusionCell[] {
  const side = Math.sqrt(matrix.length)
  const cells: ConfusionCell[] = []
  for (let cell = 0; cell < matrix.length; cell++) {
    const pixels = matrix[cell]!
    if (pixels > 0) cells.push({ truth: Math.floor(cell / side), predicted: cell % side, pixels })
  }
  return cells
}
