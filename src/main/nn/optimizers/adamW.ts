import type { Tensor } from '@tensorflow/tfjs'
import { currentEngine } from '../../engine/current'
import type { Parameter } from '../parameter'
import { type GroupOptions, type Groups, groupOf, moving, type Optimizer } from './optimizer'
import { Slots } from './slots'

export interface AdamWOptions {
  readonly groups: Groups
  /** Decay of the mean of gradients and of their squares: 0.9 and 0.999 in the paper. */
  readonly beta1: number
  readonly beta2: number
  readonly epsilon: number
}

/**
 * AdamW (Loshchilov & Hutter, arXiv:1711.05101) as torch.optim.AdamW: p ← p (1 − rate·weightDecay), then
 * p ← p − rate · m̂ / (√v̂ + ε) with m̂ = m / (1 − β₁ᵗ), v̂ = v / (1 − β₂ᵗ).
 */
export class AdamW implements Optimizer {
  readonly #options: AdamWOptions
  readonly #slots = new Slots()
  #updates = 0

  constructor(options: AdamWOptions) {
    this.#options = options
  }

  step(parameters: readonly Parameter[], factor: number): void {
    this.#updates++
    for (const parameter of moving(parameters)) this.#move(parameter, groupOf(this.#options.groups, parameter), factor)
  }

  state() {
    return { slots: this.#slots.all, updates: this.#updates }
  }

  restore(slots: ReadonlyMap<string, Tensor>, updates: number): void {
    this.#slots.replaceAll(slots)
    this.#updates = updates
  }

  dispose(): void {
    this.#slots.dispose()
  }

  #move(parameter: Parameter, { learningRate, weightDecay }: GroupOptions, factor: number): void {
    const { tf } = currentEngine()
    const { beta1, beta2, epsilon } = this.#options
    const rate = learningRate * factor
    const names = { mean: `mean.${parameter.name}`, square: `square.${parameter.name}` }
    const [value, mean, square] = tf.tidy(() => {
      const gradient = parameter.gradient!
      const mean = blend(this.#slots.get(names.mean), gradient, beta1)
      const square = blend(this.#slots.get(names.square), gradient.square(), beta2)
      const deviation = square
        .sqrt()
        .div(Math.sqrt(1 - beta2 ** this.#updates))
        .add(epsilon)
      const move = mean.div(deviation).mul(rate / (1 - beta1 ** this.#updates))
      const value = parameter.value.mul(1 - rate * weightDecay).sub(move)
      return [tf.keep(value), tf.keep(mean), tf.keep(square)]
    })
    parameter.assign(value)
    this.#slots.set(names.mean, mean)
    this.#slots.set(names.square, square)
  }
}

/** β·before + (1 − β)·next; before its first value a slot is 0. */
function blend(before: Tensor | undefined, next: Tensor, beta: number): Tensor {
  const part = next.mul(1 - beta)
  return before === undefined ? part : before.mul(beta).add(part)
}
