import type { Tensor } from '@tensorflow/tfjs'

/** A loss and where it points: `value` a scalar, `gradient` ∂value/∂logits in the shape of the logits. */
export interface Loss {
  readonly value: Tensor
  readonly gradient: Tensor
}
