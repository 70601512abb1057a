import type { Tensor } from '@tensorflow/tfjs'
import { joinChannels, splitChannels } from '../../nn/channels'
import type { Layer, Pass } from '../../nn/layer'
import type { Parameter } from '../../nn/parameter'
import { disposeAll, share } from '../../nn/tensors'

/** Several inputs, a layer for each, the results side by side. */
export class Joined {
  readonly parameters: readonly Parameter[]
  readonly #layers: readonly Layer[]
  readonly #widths: readonly number[]

  /** @param widths channels that each layer gives */
  constructor(layers: readonly Layer[], widths: readonly number[]) {
    this.#layers = layers
    this.#widths = widths
    this.parameters = layers.flatMap(layer => layer.parameters)
  }

  /** @param inputs one a layer, not consumed */
  forward(inputs: readonly Tensor[], pass: Pass): Tensor {
    const values = this.#layers.map((layer, place) => layer.forward(share(inputs[place]!), pass))
    const joined = joinChannels(values)
    disposeAll(...values)
    return joined
  }

  /** @param dy consumed @returns the gradient of each input, null where the pass did not ask for it */
  backward(dy: Tensor): (Tensor | null)[] {
    const parts = splitChannels(dy, this.#widths)
    dy.dispose()
    return parts.map((part, place) => this.#layers[place]!.backward(part))
  }

  discard(): void {
    for (const layer of this.#layers) layer.discard()
  }

  dispose(): void {
    for (const layer of this.#layers) layer.dispose()
  }
}
