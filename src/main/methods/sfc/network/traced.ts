import type { Tensor } from '@tensorflow/tfjs'
import { currentEngine } from '../../../engine/current'

/**
 * A value with its way back. These functions have several inputs and share what they keep, so they are no `Layer`s: they
 * live in one `tf.tidy` of the caller, which frees everything at its end, and consume nothing.
 */
export interface Traced<Gradients> {
  readonly value: Tensor
  /** From the gradient of the value to those of the inputs. */
  readonly gradient: (dValue: Tensor) => Gradients
}

/** Added to maxima, norms and sums that are divided by, throughout SFC's code. */
export const EPSILON = 1e-5

/** The norm of a zero vector counts as this: its gradient becomes 0 instead of NaN. */
const SMALLEST_NORM = 1e-30

/** 1 at `indices`, else 0, along a new last axis (tfjs refuses a depth of 1: there every index is 0). */
export function oneHot(indices: Tensor, depth: number): Tensor {
  const { tf } = currentEngine()
  if (depth === 1) return tf.ones([...indices.shape, 1])
  return tf.oneHot(indices as Parameters<typeof tf.oneHot>[0], depth, 1, 0, 'float32')
}

/** 1 where `x` is above 0, else 0. */
export function positive(x: Tensor): Tensor {
  return x.greater(0).toFloat()
}

/**
 * x / (max x + ε) over the places of every channel; the gradient also flows through the maximum, at its first place.
 * @param x `[b, p, c]`, ≥ 0
 * @returns the same shape, in [0, 1)
 */
export function dividedByPeak(x: Tensor): Traced<Tensor> {
  const { tf } = currentEngine()
  const peak = x.max(1, true).add(EPSILON) // [b, 1, c]
  const value = x.div(peak)
  const gradient = (dValue: Tensor) => {
    const along = dValue.mul(value).sum(1, true).div(peak) // [b, 1, c]
    const place = tf.transpose(oneHot(x.argMax(1), x.shape[1]!), [0, 2, 1]) // [b, p, c]
    return dValue.div(peak).sub(place.mul(along))
  }
  return { value, gradient }
}

/**
 * x / (‖x‖ + ε) along the last axis; the zero vector stays zero, and so does its gradient.
 */
export function unit(x: Tensor): Traced<Tensor> {
  const norm = x.square().sum(-1, true).sqrt()
  const inverse = norm.add(EPSILON).reciprocal()
  const value = x.mul(inverse)
  const gradient = (dValue: Tensor) => {
    const along = dValue.mul(value).sum(-1, true).div(norm.maximum(SMALLEST_NORM))
    return dValue.mul(inverse).sub(value.mul(along))
  }
  return { value, gradient }
}
