import type { Tensor } from '@tensorflow/tfjs'
import { currentEngine } from '../../engine/current'
import { float, type Padding } from '../../engine/ops'
import { keeps, type Pass } from '../layer'
import { int, multiply, nhwc, pad, run, slice, text, withIntegers } from '../ops'
import { windowCount } from '../padding'
import type { Parameter } from '../parameter'
import { replace } from '../tensors'
import { BaseLayer } from './baseLayer'
import { poolPadding, type PoolOptions } from './maxPool'

export interface AveragePoolOptions extends PoolOptions {
  /** Whether padded zeros count in the mean: true is torch's default, false is TensorFlow's rule. */
  readonly countPadding: boolean
}

/** The mean of each window. `[n, h, w, c]` → `[n, h', w', c]` */
export class AveragePool extends BaseLayer<{ readonly shape: readonly number[] }> {
  readonly parameters: readonly Parameter[] = []

  constructor(readonly options: AveragePoolOptions) {
    super('average pool')
  }

  forward(x: Tensor, pass: Pass): Tensor {
    const margins = this.#margins(x.shape)
    if (keeps(this, pass)) this.kept.push({ shape: x.shape })
    const padded = replace(x, pad(x, margins))
    const y = replace(padded, run('AvgPool', this.#attributes(), [padded]))
    return this.#weighted(y, x.shape, margins)
  }

  backward(dy: Tensor): Tensor {
    const { shape } = this.kept.pop()
    const margins = this.#margins(shape)
    const weighted = this.#weighted(dy, shape, margins)
    const paddedShape = shape.map((n, axis) => n + margins[axis]![0]! + margins[axis]![1]!)
    const padded = replace(
      weighted,
      withIntegers([paddedShape], size => run('AvgPoolGrad', this.#attributes(), [size, weighted])),
    )
    const begin = margins.map(([before]) => before!)
    return replace(padded, slice(padded, begin, shape))
  }

  /** Where padding does not count, the mean over k² values becomes one over the values inside: × k² / inside. */
  #weighted(y: Tensor, shape: readonly number[], margins: readonly (readonly number[])[]): Tensor {
    if (this.options.countPadding) return y
    const { tf } = currentEngine()
    const rows = this.#insideCounts(shape[1]!, margins[1]!)
    const columns = this.#insideCounts(shape[2]!, margins[2]!)
    const area = this.options.kernel ** 2
    const factors = Float32Array.from(rows.flatMap(row => columns.map(column => area / (row * column))))
    const weights = tf.tensor4d(factors, [1, rows.length, columns.length, 1])
    const weighted = multiply(y, weights)
    weights.dispose()
    return replace(y, weighted)
  }

  /** How many of each window's positions along one axis lie on the input. */
  #insideCounts(size: number, [before, after]: readonly number[]): number[] {
    const { kernel, stride } = this.options
    const windows = windowCount(size + before! + after!, { kernel, stride, dilation: 1 })
    return Array.from({ length: windows }, (_, window) => {
      const start = window * stride - before!
      return Math.min(start + kernel, size) - Math.max(start, 0)
    })
  }

  #margins([, height, width]: readonly number[]) {
    return marginsOf(poolPadding(this.options, { height: height!, width: width! }))
  }

  #attributes() {
    const { kernel, stride } = this.options
    const window = [int('ksize', [1, kernel, kernel, 1]), int('strides', [1, stride, stride, 1])]
    return [float, ...window, nhwc, text('padding', 'VALID')]
  }
}

function marginsOf({ top, bottom, left, right }: Padding): readonly (readonly number[])[] {
  return [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ]
}
