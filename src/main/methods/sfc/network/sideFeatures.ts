import type { Tensor } from '@tensorflow/tfjs'
import { currentEngine } from '../../../engine/current'
import { resize, resizeGradient } from '../../../nn/layers/resize'
import { type PlaneSize, planeOf } from '../../../nn/tensors'
import { type Traced, unit } from './traced'

/**
 * H: what the side convolutions make of the features at every depth, one beside the other: each is a 1×1 convolution,
 * scaled to length 1 at every place, and brought to the grid by half-pixel bilinear sampling without antialias
 * (specification A2). The features are not trained through it: its gradient is that of the weights alone.
 *
 * @param taps    `[b, h_i, w_i, d_i]`
 * @param weights `[1, 1, d_i, s_i]`
 * @returns       `[b, p, Σ s_i]`, p the places of `grid` row by row
 */
export function sideFeatures(
  taps: readonly Tensor[],
  weights: readonly Tensor[],
  grid: PlaneSize,
): Traced<readonly Tensor[]> {
  const { tf } = currentEngine()
  const sides = taps.map((tap, i) => side(tap, weights[i]!, grid))
  const widths = weights.map(({ shape }) => shape[3]!)
  const value = tf.concat(
    sides.map(each => each.value),
    2,
  )
  const gradient = (dValue: Tensor) => tf.split(dValue, widths, 2).map((part, i) => sides[i]!.gradient(part))
  return { value, gradient }
}

function side(tap: Tensor, weight: Tensor, grid: PlaneSize): Traced<Tensor> {
  const { tf } = currentEngine()
  const [batch, , , inputs] = tap.shape as [number, number, number, number]
  const outputs = weight.shape[3]!
  const { height, width } = planeOf(tap)
  const rows = tap.reshape([batch * height * width, inputs])
  const raw = tf.matMul(rows, weight.reshape([inputs, outputs]))
  const normed = unit(raw)
  const plane = normed.value.reshape([batch, height, width, outputs])
  const same = height === grid.height && width === grid.width
  const value = same ? plane : resize(plane, grid, 'bilinear-half-pixel')
  const gradient = (dValue: Tensor) => {
    const dGrid = dValue.reshape([batch, grid.height, grid.width, outputs])
    const dPlane = same ? dGrid : resizeGradient(dGrid, plane, 'bilinear-half-pixel')
    const dRaw = normed.gradient(dPlane.reshape([batch * height * width, outputs]))
    return tf.matMul(rows, dRaw, true, false).reshape(weight.shape)
  }
  return { value: value.reshape([batch, grid.height * grid.width, outputs]), gradient }
}
