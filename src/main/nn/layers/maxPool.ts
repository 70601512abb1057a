import type { Tensor } from '@tensorflow/tfjs'
import { explicitPaddings, float, type Padding } from '../../engine/ops'
import { keeps, type Pass } from '../layer'
import { int, nhwc, run, text } from '../ops'
import { ceilPadding, paddingFor, type PaddingRule } from '../padding'
import type { Parameter } from '../parameter'
import { disposeAll, planeOf, type PlaneSize, share } from '../tensors'
import { BaseLayer } from './baseLayer'

export interface PoolOptions {
  readonly kernel: number
  readonly stride: number
  readonly padding: PaddingRule
  /** Whether a last, partly filled window counts: torch's `ceil_mode`. */
  readonly rounding: 'floor' | 'ceil'
}

/** The largest value of each window; padding never wins. `[n, h, w, c]` → `[n, h', w', c]` */
export class MaxPool extends BaseLayer<{ readonly x: Tensor; readonly y: Tensor }> {
  readonly parameters: readonly Parameter[] = []

  constructor(readonly options: PoolOptions) {
    super('max pool')
  }

  forward(x: Tensor, pass: Pass): Tensor {
    const y = run('MaxPool', this.#attributes(x), [x])
    if (keeps(this, pass)) this.kept.push({ x: share(x), y: share(y) })
    x.dispose()
    return y
  }

  /** The gradient goes to the first of equal values of a window, as in torch. */
  backward(dy: Tensor): Tensor {
    const { x, y } = this.kept.pop()
    const dx = run('MaxPoolGrad', this.#attributes(x), [x, y, dy])
    disposeAll(x, y, dy)
    return dx
  }

  #attributes(x: Tensor) {
    const { kernel, stride } = this.options
    return [
      float,
      int('ksize', [1, kernel, kernel, 1]),
      int('strides', [1, stride, stride, 1]),
      nhwc,
      text('padding', 'EXPLICIT'),
      int('explicit_paddings', explicitPaddings(poolPadding(this.options, planeOf(x)))),
    ]
  }
}

/** The padding rule's pixels, and for `ceil` those that complete the last window. */
export function poolPadding({ kernel, stride, padding, rounding }: PoolOptions, { height, width }: PlaneSize): Padding {
  const given = paddingFor(padding, { kernel, stride, dilation: 1 }, height, width)
  if (rounding === 'floor') return given
  const window = { kernel, stride }
  return {
    ...given,
    bottom: given.bottom + ceilPadding({ before: given.top, after: given.bottom }, window, height),
    right: given.right + ceilPadding({ before: given.left, after: given.right }, window, width),
  }
}
