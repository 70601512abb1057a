import type { Tensor } from '@tensorflow/tfjs'
import type { Layer, Pass } from '../layer'
import { KeptStack } from '../keptStack'
import type { Parameter } from '../parameter'

/** What most layers share: a stack of kept states, and parameters to free. */
export abstract class BaseLayer<State extends object> implements Layer {
  abstract readonly parameters: readonly Parameter[]
  protected readonly kept: KeptStack<State>

  /** @param name how the layer is called in error messages */
  constructor(name: string) {
    this.kept = new KeptStack<State>(name)
  }

  abstract forward(x: Tensor, pass: Pass): Tensor
  abstract backward(dy: Tensor): Tensor | null

  discard(): void {
    this.kept.discard()
  }

  dispose(): void {
    this.discard()
    for (const parameter of this.parameters) parameter.dispose()
  }
}
