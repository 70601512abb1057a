import { boundaryCounts, type BoundaryCounts } from '../../../shared/metrics/boundary'
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
  /** Boundaries are counted, too. */
  readonly boundary?: boolean
}

export interface ConfusionOutput {
  /** `[C + 1, C + 1]`, rows truth. */
  readonly matrix: Float64Array
  /** Null: they were not asked for. */
  readonly boundary: BoundaryCounts | null
}

/** One photo's confusion. */
export async function confusion(input: ConfusionInput): Promise<ConfusionOutput> {
  const [predicted, truth] = await Promise.all([readLabelMap(input.labels), readLabelMap(input.truth)])
  checkSameSize(input.labels, predicted, input.truth, truth)
  const { labels } = truth
  return {
    matrix: countPairs(labels, predicted.labels, input.classes),
    boundary: input.boundary === true ? boundaryCounts(labels, predicted.labels, truth, input.classes) : null,
  }
}
