import type { Tensor } from '@tensorflow/tfjs'
import { keeps, type Layer, type Pass } from '../layer'
import { broadcastTo, mean, reshape, scaleBy, sum } from '../ops'
import type { Parameter } from '../parameter'
import { replace } from '../tensors'
import { BaseLayer } from './baseLayer'

/**
 * The mean over the plane through `body`, given back to every pixel: what the whole image says (ParseNet,
 * arXiv:1506.04579; DeepLabV3, arXiv:1706.05587 §3.3). `[n, h, w, in]` → `[n, h, w, out]`
 */
export class ImagePooling extends BaseLayer<{ readonly shape: readonly number[] }> {
  readonly parameters: readonly Parameter[]

  /** @param body works on `[n, 1, 1, in]` */
  constructor(readonly body: Layer) {
    super('image pooling')
    this.parameters = body.parameters
  }

  forward(x: Tensor, pass: Pass): Tensor {
    const [n, height, width, channels] = x.shape as [number, number, number, number]
    if (keeps(this, pass)) this.kept.push({ shape: x.shape })
    const row = replace(x, mean(x, [1, 2]))
    const y = this.body.forward(replace(row, reshape(row, [n, 1, 1, channels])), pass)
    return replace(y, broadcastTo(y, [n, height, width, y.shape[3]!]))
  }

  backward(dy: Tensor): Tensor | null {
    const { shape } = this.kept.pop()
    const [n, height, width] = shape as [number, number, number, number]
    const row = replace(dy, sum(dy, [1, 2]))
    const dx = this.body.backward(replace(row, reshape(row, [n, 1, 1, row.shape[1]!])))
    if (dx === null) return null
    const part = replace(dx, scaleBy(dx, 1 / (height * width)))
    return replace(part, broadcastTo(part, shape))
  }

  override discard(): void {
    super.discard()
    this.body.discard()
  }

  override dispose(): void {
    this.discard()
    this.body.dispose()
  }
}
