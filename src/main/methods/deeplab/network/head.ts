import type { Tensor } from '@tensorflow/tfjs'
import type { Features } from '../../../backbones/tappedTrunk'
import type { Layer, Pass } from '../../../nn/layer'
import type { Parameter } from '../../../nn/parameter'

/** What stands on a backbone: features at its taps → logits. Tensors are owned as layers own them (nn/layer.ts). */
export interface Head {
  readonly taps: readonly string[]
  readonly parameters: readonly Parameter[]
  /** @returns logits `[n, h, w, labels]` on the grid of its finest tap */
  forward(features: Features, pass: Pass): Tensor
  /** @returns the gradients of its taps, where the pass asked for them */
  backward(dy: Tensor): Map<string, Tensor>
  discard(): void
  dispose(): void
}

/** A head that reads one tap by one layer. */
export function singleTapHead(tap: string, layer: Layer): Head {
  return {
    taps: [tap],
    parameters: layer.parameters,
    forward: (features, pass) => layer.forward(features.get(tap)!, pass),
    backward: dy => {
      const gradient = layer.backward(dy)
      return new Map(gradient === null ? [] : [[tap, gradient]])
    },
    discard: () => layer.discard(),
    dispose: () => layer.dispose(),
  }
}
