import type { Tensor } from '@tensorflow/tfjs'
import { keeps, type Pass } from '../layer'
import { broadcastTo, mean, reshape, scaleBy } from '../ops'
import type { Parameter } from '../parameter'
import { replace } from '../tensors'
import { BaseLayer } from './baseLayer'

/** The mean over the plane. `[n, h, w, c]` → `[n, c]` */
export class GlobalAveragePool extends BaseLayer<{ readonly shape: readonly number[] }> {
  readonly parameters: readonly Parameter[] = []

  constructor() {
    super('global average pool')
  }

  forward(x: Tensor, pass: Pass): Tensor {
    if (keeps(this, pass)) this.kept.push({ shape: x.shape })
    return replace(x, mean(x, [1, 2]))
  }

  /** Every pixel gets dy / (h·w). */
  backward(dy: Tensor): Tensor {
    const { shape } = this.kept.pop()
    const [n, height, width, channels] = shape as [number, number, number, number]
    const share = replace(dy, scaleBy(dy, 1 / (height * width)))
    const column = replace(share, reshape(share, [n, 1, 1, channels]))
    return replace(column, broadcastTo(column, shape))
  }
}
