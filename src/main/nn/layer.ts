import type { Tensor } from '@tensorflow/tfjs'
import type { Parameter } from './parameter'

/** What a forward pass is for, and what its backward pass must give. */
export interface Pass {
  /** Batch norm uses the statistics of the batch and dropout drops: true while training. */
  readonly training: boolean
  /** A backward pass will follow: layers that take part in it keep what they need. */
  readonly backward: boolean
  /** Backward must give the gradient of this layer's input. Compositions set it: false up to the first trained layer. */
  readonly inputGradient: boolean
  /** Random numbers drawn on the device are keyed by (seed, step, layer): a resumed run draws the same. */
  readonly seed: number
  readonly step: number
}

/** A pass that only computes: nothing is kept, nothing is random. */
export const evaluation: Pass = { training: false, backward: false, inputGradient: false, seed: 0, step: 0 }

/** The pass of one training step; the gradient of the photos themselves is not asked for. */
export function trainingPass(seed: number, step: number): Pass {
  return { training: true, backward: true, inputGradient: false, seed, step }
}

/**
 * A part of a network with an explicit forward and backward pass, on NHWC float32 tensors.
 *
 * Who owns a tensor:
 * - `forward(x)` takes `x` over: the layer disposes it, keeps it for backward, or hands it on. To go on using `x`, give
 *   `share(x)` away. The result belongs to the caller.
 * - `backward(dy)` takes `dy` over in the same way and answers the latest forward pass not yet answered (passes nest
 *   like brackets, so a layer may run twice before its backward passes). It adds to the gradients of the trained
 *   parameters, frees what that forward pass kept, and returns the gradient of the input, or null where
 *   `pass.inputGradient` was false.
 * - backward may be called only where `keeps(layer, pass)` held; elsewhere nothing was kept.
 * - `discard()` frees what unanswered forward passes keep (after a cancelled step); `dispose()` frees all, parameters too.
 */
export interface Layer {
  readonly parameters: readonly Parameter[]
  forward(x: Tensor, pass: Pass): Tensor
  backward(dy: Tensor): Tensor | null
  discard(): void
  dispose(): void
}

/** Whether some parameter of the layer is being trained. */
export function trains(layer: Pick<Layer, 'parameters'>): boolean {
  return layer.parameters.some(parameter => parameter.trainable)
}

/** Whether a forward pass makes the layer keep something: a frozen prefix keeps nothing. */
export function keeps(layer: Layer, pass: Pass): boolean {
  return pass.backward && (pass.inputGradient || trains(layer))
}
