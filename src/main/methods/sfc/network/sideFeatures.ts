import type { Tensor } from '@tensorflow/tfjs'
import { currentEngine } from '../../../engine/current'
import type { PlaneSize } from '../../../nn/tensors'
import { readingOf } from './bilinearPlaces'
import type { PlaceRows } from './placeLayout'
import { type Traced, unit } from './traced'
import { weightGradient } from './weightGradient'

/**
 * H: what the side convolutions make of the features at every depth, one beside the other: each is a 1×1 convolution,
 * scaled to length 1 at every place, and brought to the grid by half-pixel bilinear sampling without antialias
 * (SFC code network/resnet50_SFC.py, `hie_fea`). The features are not trained through it: its gradient is that of the
 * weights alone.
 *
 * @param depths  features `[Σ h_i · w_i, d_i]`
 * @param weights `[1, 1, d_i, s_i]`
 * @param grids   of each photo, n places in all
 * @returns       `[n, Σ s_i]`
 */
export function sideFeatures(
  depths: readonly PlaceRows[],
  weights: readonly Tensor[],
  grids: readonly PlaneSize[],
): Traced<readonly Tensor[]> {
  const { tf } = currentEngine()
  const sides = depths.map((depth, i) => side(depth, weights[i]!, grids))
  const widths = weights.map(({ shape }) => shape[3]!)
  const value = tf.concat(
    sides.map(each => each.value),
    1,
  )
  const gradient = (dValue: Tensor) => tf.split(dValue, widths, 1).map((part, i) => sides[i]!.gradient(part))
  return { value, gradient }
}

function side({ rows, planes }: PlaceRows, weight: Tensor, grids: readonly PlaneSize[]): Traced<Tensor> {
  const { tf } = currentEngine()
  const [, , inputs, outputs] = weight.shape as [number, number, number, number]
  const matrix = weight.reshape([inputs, outputs])
  const onGrid = planes.every(({ height, width }, i) => height === grids[i]!.height && width === grids[i]!.width)
  if (onGrid) {
    const normed = unit(tf.matMul(rows, matrix))
    const gradient = (dValue: Tensor) => weightGradient(rows, normed.gradient(dValue))
    return { value: normed.value, gradient }
  }
  const reading = readingOf(planes, grids)
  const corners = tf.gather(rows, reading.rows) // [4 n, d]
  const normed = unit(tf.matMul(corners, matrix))
  const places = corners.shape[0]! / 4
  const value = normed.value.mul(reading.weights).reshape([4, places, outputs]).sum(0)
  const gradient = (dValue: Tensor) => {
    const dCorners = tf.concat([dValue, dValue, dValue, dValue], 0).mul(reading.weights)
    return weightGradient(corners, normed.gradient(dCorners))
  }
  return { value, gradient }
}
