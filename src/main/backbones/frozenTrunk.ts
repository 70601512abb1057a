import type { Tensor } from '@tensorflow/tfjs'
import { evaluation } from '../nn/layer'
import { share } from '../nn/tensors'
import type { Architecture } from './architecture'
import { buildTrunk, normaliseImages, type TrunkNetwork, type Weights } from './network'
import { tapIndex } from './taps'

/**
 * A backbone that only computes: nothing is kept for a backward pass.
 *
 * `features` stops before the last 1×1 convolution, `top` applies it: a feature cache keeps the narrow tensor and
 * recomputes the wide one (a quarter of the bytes for EfficientNet-Lite). For nets without one, `top` changes nothing.
 */
export class FrozenTrunk {
  readonly #network: TrunkNetwork

  constructor(
    readonly architecture: Architecture,
    weights: Weights,
  ) {
    this.#network = buildTrunk(architecture, weights)
  }

  /**
   * @param images `[n, h, w, 3]` RGB in 0 … 255; not consumed
   * @returns `[n, ceil(h / stride), ceil(w / stride), narrow channels]`
   */
  features(images: Tensor): Tensor {
    return this.#network.body.forward(normaliseImages(images, this.architecture), evaluation)
  }

  /**
   * Features at several depths in one pass.
   * @param images as for `features`
   * @param taps names of blocks, see taps.ts
   * @returns `[n, h_i, w_i, channels_i]` in the order data flows, the narrow features last
   */
  featuresAt(images: Tensor, taps: readonly string[]): Tensor[] {
    const wanted = new Set(taps.map(name => tapIndex(this.architecture, name)))
    const found: Tensor[] = []
    let value = normaliseImages(images, this.architecture)
    this.#network.body.layers.forEach((layer, place) => {
      value = layer.forward(value, evaluation)
      if (wanted.has(place)) found.push(share(value))
    })
    return [...found, value]
  }

  /** Narrow features → `[…, channels]`, those a classifier reads; the input is not consumed. */
  top(features: Tensor): Tensor {
    return this.#network.top.forward(share(features), evaluation)
  }

  dispose(): void {
    this.#network.body.dispose()
    this.#network.top.dispose()
  }
}
