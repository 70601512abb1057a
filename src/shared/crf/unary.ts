import { WorkbenchError } from '../errors'

/** Smaller probabilities are raised to this before their logarithm is taken (pydensecrf `unary_from_softmax`, as called). */
export const SMALLEST_PROBABILITY = 1e-5

/** −ln of probabilities of any layout, kept from becoming infinite. */
export function unaryFromProbabilities(probabilities: Float32Array): Float32Array {
  return probabilities.map(p => -Math.log(Math.min(1, Math.max(SMALLEST_PROBABILITY, p))))
}

/**
 * Energies of a label map that is right with probability `confidence`: −ln p at the label, −ln((1 − p)/(L − 1))
 * elsewhere (pydensecrf `unary_from_labels`, `zero_unsure=False`). A pixel of no label (void, or anything from `count`
 * on) is as likely any of them.
 *
 * @param labels `[pixels]`: 0 … count − 1, or undecided
 * @returns `[count, pixels]`
 */
export function unaryFromLabels(labels: Uint8Array, count: number, confidence: number): Float32Array {
  if (!(confidence > 0 && confidence < 1))
    throw new WorkbenchError('USAGE', `a confidence of ${confidence} has no finite energy: it must be between 0 and 1`)
  const pixels = labels.length
  if (count === 1) return new Float32Array(pixels)
  const [right, wrong] = [-Math.log(confidence), -Math.log((1 - confidence) / (count - 1))]
  const unary = new Float32Array(count * pixels).fill(wrong)
  for (let pixel = 0; pixel < pixels; pixel++) {
    const label = labels[pixel]!
    if (label < count) unary[label * pixels + pixel] = right
    else for (let other = 0; other < count; other++) unary[other * pixels + pixel] = Math.log(count)
  }
  return unary
}
