import type { Tensor } from '@tensorflow/tfjs'
import { DataType } from '../engine/attributes'
import { currentEngine } from '../engine/current'
import { float } from '../engine/ops'
import { int, run, slice, type } from './ops'

/** `[n, h, w, c₁]`, `[n, h, w, c₂]` … side by side, `[n, h, w, c₁ + c₂ + …]`; none is consumed. */
export function joinChannels(values: readonly Tensor[]): Tensor {
  const axis = currentEngine().tf.scalar(3, 'int32')
  const joined = run('ConcatV2', [int('N', values.length), float, type('Tidx', DataType.INT32)], [...values, axis])
  axis.dispose()
  return joined
}

/** The parts of `x` by their channels, in order; `x` is not consumed. */
export function splitChannels(x: Tensor, widths: readonly number[]): Tensor[] {
  const [count, height, width] = x.shape as [number, number, number, number]
  let start = 0
  return widths.map(channels => {
    const part = slice(x, [0, 0, 0, start], [count, height, width, channels])
    start += channels
    return part
  })
}
