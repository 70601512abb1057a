import type { Tensor } from '@tensorflow/tfjs'
import { currentEngine } from '../../engine/current'
import { float } from '../../engine/ops'
import { keeps, type Pass } from '../layer'
import { multiply, run, subtract } from '../ops'
import type { Parameter } from '../parameter'
import { disposeAll, share } from '../tensors'
import { BaseLayer } from './baseLayer'

/** exp(x) / Σ exp(x) over the last axis; any shape. */
export class Softmax extends BaseLayer<{ readonly y: Tensor }> {
  readonly parameters: readonly Parameter[] = []

  constructor() {
    super('softmax')
  }

  forward(x: Tensor, pass: Pass): Tensor {
    const y = run('Softmax', [float], [x])
    x.dispose()
    if (keeps(this, pass)) this.kept.push({ y: share(y) })
    return y
  }

  /** (dy − Σ dy·y) y, the sum over the last axis */
  backward(dy: Tensor): Tensor {
    const { y } = this.kept.pop()
    const dx = currentEngine().tf.tidy(() => multiply(subtract(dy, multiply(dy, y).sum(-1, true)), y))
    disposeAll(dy, y)
    return dx
  }
}
