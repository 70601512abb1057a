import type { Tensor } from '@tensorflow/tfjs'
import { type Layer, type Pass, trains } from '../layer'
import type { Parameter } from '../parameter'

/** One layer after the other. Layers before the first trained one keep nothing and see no backward pass. */
export class Sequence implements Layer {
  readonly parameters: readonly Parameter[]

  constructor(readonly layers: readonly Layer[]) {
    this.parameters = layers.flatMap(layer => layer.parameters)
  }

  forward(x: Tensor, pass: Pass): Tensor {
    let value = x
    let inputGradient = pass.inputGradient
    for (const layer of this.layers) {
      value = layer.forward(value, { ...pass, inputGradient })
      inputGradient ||= trains(layer)
    }
    return value
  }

  backward(dy: Tensor): Tensor | null {
    let gradient: Tensor | null = dy
    for (const layer of [...this.layers].reverse()) {
      gradient = layer.backward(gradient)
      if (gradient === null) return null
    }
    return gradient
  }

  discard(): void {
    for (const layer of this.layers) layer.discard()
  }

  dispose(): void {
    for (const layer of this.layers) layer.dispose()
  }
}

export function sequence(...layers: readonly Layer[]): Sequence {
  return new Sequence(layers)
}
