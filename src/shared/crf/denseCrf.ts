import { WorkbenchError } from '../errors'
import { describeSize, type RgbImage } from '../raster/size'
import type { CrfSettings } from './crfSettings'
import { kernelsOf } from './kernels'
import { softmaxRows } from './softmaxRows'

/**
 * Mean-field inference in a fully connected field over a photo (Krähenbühl and Koltun, NeurIPS 2011, algorithm 1) with
 * Potts compatibility: Q ← softmax(−U + Σ w · N K N Q), begun at softmax(−U). The kernels are filtered through the
 * permutohedral lattice, which approximates them as the authors' own code does: labels agree with the exact sums on
 * photos, single probabilities within some hundredths.
 *
 * @param unary   `[labels, height, width]`: −ln of each label's probability
 * @param labels  how many; with one there is nothing to decide
 * @param between called before every update; what it throws ends the inference
 * @returns `[labels, height, width]`: marginals, which sum to 1 over the labels
 */
export function denseCrf(
  image: RgbImage,
  unary: Float32Array,
  labels: number,
  settings: CrfSettings,
  between?: () => void,
): Float32Array {
  return denseCrfs(image, [unary], labels, settings, between)[0]!
}

/**
 * Several readings of one photo, each as {@link denseCrf} gives it, value for value. With few labels most of an update is
 * finding the way through the lattice, and that is found once for all of them.
 */
export function denseCrfs(
  image: RgbImage,
  unaries: readonly Float32Array[],
  labels: number,
  settings: CrfSettings,
  between: () => void = () => undefined,
): Float32Array[] {
  checkImage(image)
  for (const unary of unaries) checkUnary(image, unary, labels)
  const pixels = image.width * image.height
  const channels = unaries.length * labels
  const evidence = evidenceOf(unaries, pixels)
  let marginals: Float32Array = softmaxRows(evidence.slice(), labels)
  const updates = labels === 1 ? 0 : settings.iterations
  const kernels = updates === 0 ? [] : kernelsOf(image, settings, channels)
  let next: Float32Array = new Float32Array(evidence.length)
  for (let update = 0; update < updates; update++) {
    between()
    next.set(evidence)
    for (const kernel of kernels) kernel.addMessages(marginals, next)
    ;[marginals, next] = [softmaxRows(next, labels), marginals]
  }
  const planes = transposed(marginals, pixels, channels)
  return unaries.map((unary, reading) => planes.subarray(reading * unary.length, (reading + 1) * unary.length))
}

/** −U of all readings: `[pixels, readings · labels]`. */
function evidenceOf(unaries: readonly Float32Array[], pixels: number): Float32Array {
  const channels = unaries.reduce((sum, { length }) => sum + length / pixels, 0)
  const evidence = new Float32Array(pixels * channels)
  let channel = 0
  for (const unary of unaries)
    for (let from = 0; from < unary.length; from += pixels, channel++)
      for (let pixel = 0, to = channel; pixel < pixels; pixel++, to += channels) evidence[to] = -unary[from + pixel]!
  return evidence
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

function checkImage(image: RgbImage): void {
  if (image.data.length === 3 * image.width * image.height) return
  throw new WorkbenchError('SHAPE_MISMATCH', `${image.data.length} bytes are no RGB image of ${describeSize(image)}`)
}

function checkUnary(image: RgbImage, unary: Float32Array, labels: number): void {
  const pixels = image.width * image.height
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
