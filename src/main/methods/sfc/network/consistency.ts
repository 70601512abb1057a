import type { Tensor } from '@tensorflow/tfjs'
import { currentEngine } from '../../../engine/current'
import { dividedByPeak } from './traced'

/** A loss between two maps, and where it points in each. */
export interface Consistency {
  /** A scalar. */
  readonly value: Tensor
  readonly first: Tensor
  readonly second: Tensor
}

/**
 * Which values of a photo the mean runs over:
 *
 * - `all`: every channel, absent classes too, whose maps are 0 on both sides (SFC's code)
 * - `present`: the labelled channels alone, so that the strength does not fall with the number of classes
 *
 * Every photo has a mean of its own, so that it counts the same whatever photos it is learnt with.
 */
export type ConsistencyNorm = 'all' | 'present'

/** How much a loss counts. */
export interface ConsistencyStrength {
  /** λ */
  readonly factor: number
  readonly norm: ConsistencyNorm
  /** What one place counts: its photo's share over the photo's places, `[b, 1, 1]`. */
  readonly placeShares: Tensor
}

/**
 * L_P = λ mean |M − Q / (max Q + ε)| weighted by channel, the background by 1 (SFC's L_DW^P; `lossGSC` of its
 * train_resnet50_SFC.py), summed over the photos by their shares.
 *
 * @param maps       M `[b, p, k]`, the classifier's
 * @param prototypes Q `[b, p, k]`, ≥ 0
 * @param weights    `[k]`: 1, then each class's distribution coefficient
 * @param labels     `[b, 1, k]`: 1, then 1 for every labelled class
 */
export function prototypeConsistency(
  { maps, prototypes, labels }: { readonly maps: Tensor; readonly prototypes: Tensor; readonly labels: Tensor },
  weights: Tensor,
  strength: ConsistencyStrength,
): Consistency {
  const scaled = dividedByPeak(prototypes)
  const each = valueShares(maps, labels, strength).mul(weights)
  const difference = maps.sub(scaled.value)
  const slope = difference.sign().mul(each)
  return { value: difference.abs().mul(each).sum(), first: slope, second: scaled.gradient(slope.neg()) }
}

/**
 * L_W = λ mean |M of the photo, brought to the small one's grid − M of the photo at half its size| over the classes,
 * weighted by their coefficients; the background is left out (SFC's L_DW^W; `loss_consistency` of its
 * train_resnet50_SFC.py). Summed over the photos by their shares.
 *
 * @param large   `[b, p, k]`
 * @param small   `[b, p', k]`
 * @param shrink  `[b or 1, p', p]`, which brings the large grid to the small one with corners aligned
 * @param weights `[k]`: 0, then each class's distribution coefficient
 * @param labels  `[b, 1, k]`
 */
export function scaleConsistency(
  { large, small, labels }: { readonly large: Tensor; readonly small: Tensor; readonly labels: Tensor },
  shrink: Tensor,
  weights: Tensor,
  strength: ConsistencyStrength,
): Consistency {
  const { tf } = currentEngine()
  const batch = large.shape[0]!
  const classes = tf.concat([tf.zeros([batch, 1, 1]), labels.slice([0, 0, 1])], 2) // the background is no class
  const each = valueShares(small, classes, strength, 1).mul(weights).mul(labels)
  const difference = tf.matMul(shrink, large).sub(small)
  const slope = difference.sign().mul(each)
  const first = tf.matMul(shrink, slope, true, false)
  return { value: difference.abs().mul(each).sum(), first, second: slope.neg() }
}

/** What one value counts, `[b, 1, 1]`: its place's part over the channels in the mean; `omitted` channels have none. */
function valueShares(
  maps: Tensor,
  labels: Tensor,
  { factor, norm, placeShares }: ConsistencyStrength,
  omitted = 0,
): Tensor {
  if (norm === 'all') return placeShares.mul(factor / (maps.shape[2]! - omitted))
  return placeShares.mul(factor).div(labels.sum(2, true).maximum(1))
}
