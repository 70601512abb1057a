import type { Tensor } from '@tensorflow/tfjs'
import { currentEngine } from '../../engine/current'
import type { Parameter } from '../parameter'
import { moving, type Optimizer } from './optimizer'

/** Added to the norm that is divided by, as torch's `clip_grad_norm_` has it. */
const EPSILON = 1e-6

/**
 * Shortens the gradients of all trained parameters together to a Euclidean norm of at most `largest` before `optimizer`
 * steps (torch's `clip_grad_norm_`): g ← g · min(1, largest / (‖g‖ + 1e-6)). The norm never leaves the device.
 */
export class Clipped implements Optimizer {
  constructor(
    readonly optimizer: Optimizer,
    readonly largest: number,
  ) {}

  step(parameters: readonly Parameter[], factor: number): void {
    const clipped = moving(parameters)
    if (clipped.length > 0) this.#clip(clipped)
    this.optimizer.step(parameters, factor)
  }

  state() {
    return this.optimizer.state()
  }

  restore(slots: ReadonlyMap<string, Tensor>, updates: number): void {
    this.optimizer.restore(slots, updates)
  }

  dispose(): void {
    this.optimizer.dispose()
  }

  #clip(parameters: readonly Parameter[]): void {
    const { tf } = currentEngine()
    const scale = tf.tidy(() => {
      const squares = parameters.map(({ gradient }) => gradient!.square().sum())
      return tf.scalar(this.largest).div(tf.addN(squares).sqrt().add(EPSILON)).minimum(1)
    })
    for (const parameter of parameters) {
      const shortened = parameter.gradient!.mul(scale)
      parameter.clearGradient()
      parameter.accumulate(shortened)
    }
    scale.dispose()
  }
}
