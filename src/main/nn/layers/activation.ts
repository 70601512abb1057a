import type { Tensor } from '@tensorflow/tfjs'
import { float, relu, relu6 } from '../../engine/ops'
import { keeps, type Pass } from '../layer'
import { run } from '../ops'
import type { Parameter } from '../parameter'
import { disposeAll, share } from '../tensors'
import { BaseLayer } from './baseLayer'

const functions = {
  relu: { forward: relu, gradient: 'ReluGrad' },
  relu6: { forward: relu6, gradient: 'Relu6Grad' },
} as const

/**
 * max(x, 0), or min(max(x, 0), 6) as EfficientNet-Lite has it. Its result is what it keeps: the convolution that comes
 * next keeps the same data, so it costs no memory.
 */
export class Activation extends BaseLayer<{ readonly y: Tensor }> {
  readonly parameters: readonly Parameter[] = []

  constructor(readonly kind: keyof typeof functions) {
    super(kind)
  }

  forward(x: Tensor, pass: Pass): Tensor {
    const y = functions[this.kind].forward(x)
    x.dispose()
    if (keeps(this, pass)) this.kept.push({ y: share(y) })
    return y
  }

  /** dy where 0 < y (< 6), else 0: the gradient at the corners is 0, as torch has it. */
  backward(dy: Tensor): Tensor {
    const { y } = this.kept.pop()
    const dx = activationGradient(this.kind, dy, y)
    disposeAll(dy, y)
    return dx
  }
}

/** dy where y is strictly between the bounds, else 0; neither is consumed. */
export function activationGradient(kind: keyof typeof functions, dy: Tensor, y: Tensor): Tensor {
  return run(functions[kind].gradient, [float], [dy, y])
}
