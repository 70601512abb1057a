import type { Tensor } from '@tensorflow/tfjs'
import { keeps, type Pass } from '../layer'
import { pad, slice } from '../ops'
import type { Parameter } from '../parameter'
import { planeOf, type PlaneSize, replace } from '../tensors'
import { BaseLayer } from './baseLayer'

/** The upper left part of a plane: what upsampling gives beyond the plane it is to lie on is cut off. */
export class Crop extends BaseLayer<PlaneSize> {
  readonly parameters: readonly Parameter[] = []

  /** @param sizeFor the plane that is wanted; where the input is smaller along an axis, that axis stays */
  constructor(readonly sizeFor: () => PlaneSize) {
    super('crop')
  }

  forward(x: Tensor, pass: Pass): Tensor {
    const [count, height, width, channels] = x.shape as [number, number, number, number]
    const wanted = this.sizeFor()
    const size = [count, Math.min(height, wanted.height), Math.min(width, wanted.width), channels]
    const y = slice(x, [0, 0, 0, 0], size)
    if (keeps(this, pass)) this.kept.push({ height, width })
    x.dispose()
    return y
  }

  backward(dy: Tensor): Tensor {
    const before = this.kept.pop()
    const { height, width } = planeOf(dy)
    return replace(
      dy,
      pad(dy, [
        [0, 0],
        [0, before.height - height],
        [0, before.width - width],
        [0, 0],
      ]),
    )
  }
}
