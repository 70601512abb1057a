import type { Tensor } from '@tensorflow/tfjs'
import { currentEngine } from '../../../engine/current'
import { float } from '../../../engine/ops'
import { run } from '../../../nn/ops'
import { EPSILON, type Traced, unit } from './traced'

/** Where a refined map came from. */
export interface AffinityGradients {
  /** `[b, p, k]` */
  readonly maps: Tensor
  /** `[b, p, f]` */
  readonly features: Tensor
}

/**
 * Pixel correlation: every place becomes a mean of all places, weighted by how alike their features are, `hops` times
 * (SFC's PCM after SEAM, arXiv:2004.04581; SFC code network/resnet50_SFC.py `PCM`).
 *
 * S_ij = relu(f̂_i · f̂_j), each column divided by its sum: M ← M S. S before the division is symmetric, so that with
 * places as rows a hop is (S M) / (row sums). Row-normalising S instead is the classic mistake.
 *
 * @param maps     `[b, p, k]`
 * @param features `[b, p, f]`, of any length
 * @param hops     ≥ 1
 * @returns        `[b, p, k]`; neither masked nor normalised again
 */
export function refineByAffinity(maps: Tensor, features: Tensor, hops: number): Traced<AffinityGradients> {
  const { tf } = currentEngine()
  const directions = unit(features)
  const similarity = tf.relu(tf.matMul(directions.value, directions.value, false, true)) // [b, p, p], in [0, 1]
  const sums = similarity.sum(2, true).add(EPSILON) // [b, p, 1]
  const stages = [maps]
  for (let hop = 0; hop < hops; hop++) stages.push(tf.matMul(similarity, stages.at(-1)!).div(sums))
  const gradient = (dValue: Tensor): AffinityGradients => {
    let dMaps = dValue
    const left: Tensor[] = []
    const right: Tensor[] = []
    for (let hop = hops; hop > 0; hop--) {
      const dTotal = dMaps.div(sums)
      const dSums = dTotal.mul(stages[hop]!).sum(2, true).neg() // [b, p, 1]
      left.push(dTotal, dSums)
      right.push(stages[hop - 1]!, tf.onesLike(dSums))
      dMaps = tf.matMul(similarity, dTotal)
    }
    // dS = left · rightᵀ. S = D Dᵀ hands (dS + dSᵀ) D to D, and relu passes both alike: one product makes their sum.
    const both = tf.matMul(tf.concat([...left, ...right], 2), tf.concat([...right, ...left], 2), false, true)
    const dDirections = tf.matMul(run('ReluGrad', [float], [both, similarity]), directions.value)
    return { maps: dMaps, features: directions.gradient(dDirections) }
  }
  return { value: stages.at(-1)!, gradient }
}
