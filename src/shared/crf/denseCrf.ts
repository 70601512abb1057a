import { WorkbenchError } from '../errors'
import { describeSize, type RgbImage } from '../raster/size'
import type { CrfSettings } from './crfSettings'
import { kernelsOf } from './kernels'
import { softmaxRows } from './softmaxRows'

/**
 * Mean-field inference in a fully connected field (Krähenbühl and Koltun, NeurIPS 2011, algorithm 1) with Potts
 * compatibility: Q ← softmax(−U + Σ w · N K N Q), begun at softmax(−U). The kernels are filtered through the
 * permutohedral lattice, which approximates them as the authors' own code does: labels agree with the exact sums on
 * photos, single probabilities within some hundredths.
 *
 * @param unary  `[labels, height, width]`: −ln of each label's probability
 * @param labels how many; with one there is nothing to decide
 * @param between called before every update; what it throws ends the inference
 * @returns `[labels, height, width]`: marginals, which sum to 1 over the labels
 */
export function denseCrf(
  image: RgbImage,
  unary: Float32Array,
  labels: number,
  settings: CrfSettings,
  between: () => void = () => undefined,
): Float32Array {
  checkInputs(image, unary, labels)
  if (labels === 1) return new Float32Array(unary.length).fill(1)
  const kernels = kernelsOf(image, settings, labels)
  const evidence = transposed(unary, labels, image.width * image.height).map(energy => -energy)
  let marginals: Float32Array = softmaxRows(evidence.slice(), labels)
  let next: Float32Array = new Float32Array(evidence.length)
  for (let iteration = 0; iteration < settings.iterations; iteration++) {
    between()
    next.set(evidence)
    for (const kernel of kernels) kernel.addMessages(marginals, next)
    ;[marginals, next] = [softmaxRows(next, labels), marginals]
  }
  return transposed(marginals, image.width * image.height, labels)
}

/** The likeliest label of every pixel, the lowest of equals. @param marginals `[labels, pixels]` */
export function likeliestLabels(marginals: Float32Array, labels: number): Uint8Array {
  const pixels = marginals.length / labels
  const best = marginals.slice(0, pixels)
  const out = new Uint8Array(pixels)
  for (let label = 1; label < labels; label++)
    for (let pixel = 0, at = label * pixels; pixel < pixels; pixel++, at++)
      if (marginals[at]! > best[pixel]!) {
        best[pixel] = marginals[at]!
        out[pixel] = label
      }
  return out
}

function checkInputs(image: RgbImage, unary: Float32Array, labels: number): void {
  const pixels = image.width * image.height
  if (image.data.length !== 3 * pixels)
    throw new WorkbenchError('SHAPE_MISMATCH', `${image.data.length} bytes are no RGB image of ${describeSize(image)}`)
  if (labels < 1 || unary.length !== labels * pixels)
    throw new WorkbenchError(
      'SHAPE_MISMATCH',
      `unary energies of ${labels} labels for ${describeSize(image)} need ${labels * pixels} values, not ${unary.length}`,
    )
  // One pixel that is not a number would spread over the whole image.
  const bad = unary.findIndex(energy => !Number.isFinite(energy))
  if (bad >= 0)
    throw new WorkbenchError(
      'BAD_INPUT',
      `the unary energy of label ${Math.floor(bad / pixels)} at (${bad % image.width}, ${Math.floor((bad % pixels) / image.width)}) is ${unary[bad]}: clip probabilities before taking their logarithm`,
    )
}

/** `[rows, columns]` → `[columns, rows]` */
function transposed(matrix: Float32Array, rows: number, columns: number): Float32Array {
  const out = new Float32Array(matrix.length)
  for (let row = 0; row < rows; row++)
    for (let column = 0, to = row; column < columns; column++, to += rows) out[to] = matrix[row * columns + column]!
  return out
}
