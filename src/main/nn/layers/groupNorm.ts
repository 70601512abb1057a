import type { Tensor } from '@tensorflow/tfjs'
import { WorkbenchError } from '../../../shared/errors'
import { currentEngine } from '../../engine/current'
import { add } from '../../engine/ops'
import { constant } from '../initializers'
import { keeps, type Pass } from '../layer'
import { mean, multiply, reshape, subtract, sum } from '../ops'
import { Parameter } from '../parameter'
import { disposeAll, share } from '../tensors'
import { BaseLayer } from './baseLayer'
import type { NormOptions } from './normParameters'

export interface GroupNormOptions extends NormOptions {
  /** Into how many groups of neighbours the channels are cut, each normalised by itself. */
  readonly groups: number
}

interface State {
  readonly x: Tensor
  /** `[n, channels]`: μ and 1/√(σ² + ε) of the group that each channel is in. */
  readonly centre: Tensor
  readonly inverse: Tensor
  readonly inputGradient: boolean
}

/**
 * Group norm (Wu and He, arXiv:1803.08494): y = γ (x − μ) / √(σ² + ε) + β, with μ and the biased σ² of every photo and
 * every group of channels by themselves. The same in training and out of it.
 */
export class GroupNorm extends BaseLayer<State> {
  readonly gamma: Parameter
  readonly beta: Parameter
  readonly parameters: readonly Parameter[]
  readonly #options: GroupNormOptions

  /** @throws INTERNAL where the channels do not make groups of one size */
  constructor(options: GroupNormOptions) {
    const { name, channels, groups, group } = options
    super(name)
    if (channels % groups !== 0)
      throw new WorkbenchError('INTERNAL', `${name}: ${channels} channels do not make ${groups} groups of one size`)
    const vector = (part: string, value: number) => {
      const parameter = { name: `${name}.${part}`, shape: [channels], layout: 'vector', group, learned: true } as const
      return new Parameter(parameter, constant(value)(parameter))
    }
    this.gamma = vector('weight', 1)
    this.beta = vector('bias', 0)
    this.parameters = [this.gamma, this.beta]
    this.#options = options
  }

  /** @param x `[n, h, w, channels]` */
  forward(x: Tensor, pass: Pass): Tensor {
    const [y, centre, inverse] = currentEngine().tf.tidy((): [Tensor, Tensor, Tensor] => {
      const centre = this.#overGroups(mean(x, [1, 2]))
      const deviation = subtract(x, overPlane(centre))
      const variance = this.#overGroups(mean(multiply(deviation, deviation), [1, 2]))
      const inverse = variance.add(this.#options.epsilon).rsqrt()
      const y = add(multiply(deviation, overPlane(multiply(inverse, this.gamma.value))), this.beta.value)
      return [y, centre, inverse]
    })
    if (keeps(this, pass)) this.kept.push({ x, centre, inverse, inputGradient: pass.inputGradient })
    else disposeAll(x, centre, inverse)
    return y
  }

  backward(dy: Tensor): Tensor | null {
    const { x, centre, inverse, inputGradient } = this.kept.pop()
    const { gamma, beta } = this
    const [dx, dgamma, dbeta] = currentEngine().tf.tidy((): [Tensor, Tensor, Tensor] => {
      const deviation = subtract(x, overPlane(centre))
      const sums = sum(dy, [1, 2]) // [n, channels]
      const products = sum(multiply(dy, deviation), [1, 2]) // [n, channels]
      const dgamma = sum(multiply(products, inverse), [0])
      const dbeta = sum(sums, [0])
      return [inputGradient ? this.#inputGradient(dy, deviation, inverse, sums, products) : share(dy), dgamma, dbeta]
    })
    disposeAll(dy, x, centre, inverse)
    give(gamma, dgamma)
    give(beta, dbeta)
    if (inputGradient) return dx
    dx.dispose()
    return null
  }

  /** r (γ dy − mean(γ dy) − (x − μ) r² mean(γ dy (x − μ))), r = 1/√(σ² + ε), the means over a group. */
  #inputGradient(dy: Tensor, deviation: Tensor, inverse: Tensor, sums: Tensor, products: Tensor): Tensor {
    const [, height, width] = dy.shape as [number, number, number, number]
    const meanOf = (totals: Tensor) => this.#overGroups(multiply(totals, this.gamma.value)).div(height * width)
    const direct = multiply(dy, overPlane(multiply(inverse, this.gamma.value)))
    const slope = multiply(meanOf(products), inverse.pow(3))
    const offset = multiply(meanOf(sums), inverse)
    return subtract(subtract(direct, multiply(deviation, overPlane(slope))), overPlane(offset))
  }

  /** The mean over each group, given back to each of its channels. `[n, channels]` → the same shape */
  #overGroups(values: Tensor): Tensor {
    const { channels, groups } = this.#options
    const [count] = values.shape as [number, number]
    const means = reshape(values, [count, groups, channels / groups]).mean(2, true)
    return reshape(means.tile([1, 1, channels / groups]), [count, channels])
  }
}

/** `[n, channels]` → `[n, 1, 1, channels]`: one value for the whole plane. */
function overPlane(values: Tensor): Tensor {
  const [count, channels] = values.shape as [number, number]
  return reshape(values, [count, 1, 1, channels])
}

/** Hands `gradient` to a trained parameter; a frozen one drops it. */
function give(parameter: Parameter, gradient: Tensor): void {
  if (parameter.trainable) parameter.accumulate(gradient)
  else gradient.dispose()
}
