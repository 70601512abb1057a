import { WorkbenchError } from '../errors'
import { describeSize, type RgbImage } from '../raster/size'
import type { CrfSettings } from './crfSettings'
import { kernelsOf, type NormalisedKernel } from './kernels'
import { softmaxRows } from './softmaxRows'

/**
 * A fully connected field over a photo (Krähenbühl and Koltun, NeurIPS 2011) with Potts compatibility. Its kernels depend
 * on the photo alone: they are worked out once, for as many inferences as are asked. They are filtered through the
 * permutohedral lattice, which approximates them as the authors' own code does: labels agree with the exact sums on
 * photos, single probabilities within some hundredths.
 */
export class DenseField {
  readonly #kernels: readonly NormalisedKernel[]

  /** @param labels how many; with one there is nothing to decide */
  constructor(
    readonly image: RgbImage,
    readonly labels: number,
    readonly settings: CrfSettings,
  ) {
    if (image.data.length !== 3 * image.width * image.height)
      throw new WorkbenchError(
        'SHAPE_MISMATCH',
        `${image.data.length} bytes are no RGB image of ${describeSize(image)}`,
      )
    this.#kernels = labels === 1 || settings.iterations === 0 ? [] : kernelsOf(image, settings, labels)
  }

  /**
   * Mean-field inference (algorithm 1): Q ← softmax(−U + Σ w · N K N Q), begun at softmax(−U).
   *
   * @param unary   `[labels, height, width]`: −ln of each label's probability
   * @param between called before every update; what it throws ends the inference
   * @returns `[labels, height, width]`: marginals, which sum to 1 over the labels
   */
  infer(unary: Float32Array, between: () => void = () => undefined): Float32Array {
    checkUnary(this.image, unary, this.labels)
    const pixels = this.image.width * this.image.height
    const evidence = transposed(unary, this.labels, pixels).map(energy => -energy)
    let marginals: Float32Array = softmaxRows(evidence.slice(), this.labels)
    if (this.labels === 1) return marginals
    let next: Float32Array = new Float32Array(evidence.length)
    for (let iteration = 0; iteration < this.settings.iterations; iteration++) {
      between()
      next.set(evidence)
      for (const kernel of this.#kernels) kernel.addMessages(marginals, next)
      ;[marginals, next] = [softmaxRows(next, this.labels), marginals]
    }
    return transposed(marginals, pixels, this.labels)
  }
}

/** One inference in a field of its own: see {@link DenseField}. */
export function denseCrf(
  image: RgbImage,
  unary: Float32Array,
  labels: number,
  settings: CrfSettings,
  between?: () => void,
): Float32Array {
  return new DenseField(image, labels, settings).infer(unary, between)
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
