import { confusion as countPairs } from '../../../shared/metrics/confusion'
import { readLabelMap } from '../../artifacts/labelMaps'
import { checkSameSize } from './sameSize'

export interface ConfusionInput {
  /** Path of a predicted label map. */
  readonly labels: string
  /** Path of the true one. */
  readonly truth: string
  /** Foreground classes C. */
  readonly classes: number
}

/** One photo's confusion, `[C + 1, C + 1]`, rows truth. */
export async function confusion(input: ConfusionInput): Promise<{ readonly matrix: Float64Array }> {
  const [predicted, truth] = await Promise.all([readLabelMap(input.labels), readLabelMap(input.truth)])
  checkSameSize(input.labels, predicted, input.truth, truth)
  return { matrix: countPairs(truth.labels, predicted.labels, input.classes) }
}
