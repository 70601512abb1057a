import type { Tensor } from '@tensorflow/tfjs'
import { currentEngine } from '../../../engine/current'
import { resize, resizeGradient } from '../../../nn/layers/resize'
import type { PlaneSize } from '../../../nn/tensors'
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
  /** Of each photo, `[b, 1, 1]`. */
  readonly shares: Tensor
}

/**
 * L_P = λ mean |M − Q / (max Q + ε)| weighted by channel, the background by 1 (SFC's L_DW^P; specification A5), summed
 * over the photos by their shares.
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
 * weighted by their coefficients; the background is left out (SFC's L_DW^W; specification A5). Summed over the photos by
 * their shares.
 *
 * @param large   `[b, p, k]` on `plane`, resized to `smallPlane` with corners aligned
 * @param small   `[b, p', k]`
 * @param weights `[k]`: 0, then each class's distribution coefficient
 * @param labels  `[b, 1, k]`
 */
export function scaleConsistency(
  { large, small, labels }: { readonly large: Tensor; readonly small: Tensor; readonly labels: Tensor },
  { plane, smallPlane }: { readonly plane: PlaneSize; readonly smallPlane: PlaneSize },
  weights: Tensor,
  strength: ConsistencyStrength,
): Consistency {
  const { tf } = currentEngine()
  const [batch, , channels] = large.shape as [number, number, number]
  const image = large.reshape([batch, plane.height, plane.width, channels])
  const resized = resize(image, smallPlane, 'bilinear-align-corners')
  const classes = tf.concat([tf.zeros([batch, 1, 1]), labels.slice([0, 0, 1])], 2) // the background is no class
  const each = valueShares(small, classes, strength, 1).mul(weights).mul(labels)
  const difference = resized.reshape(small.shape).sub(small)
  const slope = difference.sign().mul(each)
  const first = resizeGradient(slope.reshape(resized.shape), image, 'bilinear-align-corners')
  return { value: difference.abs().mul(each).sum(), first: first.reshape(large.shape), second: slope.neg() }
}

/** What one value counts, `[b, 1, 1]`: its photo's part over the number of values in its mean; `omitted` channels have none. */
function valueShares(maps: Tensor, labels: Tensor, { factor, norm, shares }: ConsistencyStrength, omitted = 0): Tensor {
  const [, places, channels] = maps.shape as [number, number, number]
  if (norm === 'all') return shares.mul(factor / (places * (channels - omitted)))
  return shares.mul(factor / places).div(labels.sum(2, true).maximum(1))
}
