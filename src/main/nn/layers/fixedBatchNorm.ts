import type { Tensor } from '@tensorflow/tfjs'
import { keeps, type Pass } from '../layer'
import { multiply } from '../ops'
import type { Parameter } from '../parameter'
import { share } from '../tensors'
import { BaseLayer } from './baseLayer'
import { normaliseFixed, normGradient, normScale } from './batchNormOps'
import { type NormOptions, type NormParameters, normParameters } from './normParameters'

/**
 * Batch norm that always uses its running statistics and never updates them; γ and β may be trained. Behind a
 * convolution, FoldedConvolution does the same for less.
 */
export class FixedBatchNorm extends BaseLayer<{ readonly x: Tensor | null; readonly inputGradient: boolean }> {
  readonly norm: NormParameters
  readonly parameters: readonly Parameter[]
  readonly #epsilon: number

  constructor(options: NormOptions) {
    super(options.name)
    this.norm = normParameters(options)
    this.parameters = this.norm.all
    this.#epsilon = options.epsilon
  }

  forward(x: Tensor, pass: Pass): Tensor {
    const { gamma, beta, runningMean, runningVariance } = this.norm
    const y = normaliseFixed(x, [gamma.value, beta.value, runningMean.value, runningVariance.value], this.#epsilon)
    if (keeps(this, pass))
      this.kept.push({ x: gamma.trainable || beta.trainable ? share(x) : null, inputGradient: pass.inputGradient })
    x.dispose()
    return y
  }

  backward(dy: Tensor): Tensor | null {
    const { x, inputGradient } = this.kept.pop()
    const dx = x === null ? this.#scaled(dy) : this.#withParameters(dy, x)
    dy.dispose()
    if (inputGradient) return dx
    dx.dispose()
    return null
  }

  /** With γ and β frozen the layer is a product by constants. */
  #scaled(dy: Tensor): Tensor {
    const scale = normScale(this.norm.gamma.value, this.norm.runningVariance.value, this.#epsilon)
    const dx = multiply(dy, scale)
    scale.dispose()
    return dx
  }

  #withParameters(dy: Tensor, x: Tensor): Tensor {
    const { gamma, beta, runningMean, runningVariance } = this.norm
    const reserved = [runningMean.value, runningVariance.value, runningVariance.value] as const
    const [dx, dgamma, dbeta] = normGradient(dy, x, gamma.value, reserved, this.#epsilon, false)
    x.dispose()
    give(gamma, dgamma)
    give(beta, dbeta)
    return dx
  }
}

/** Hands `gradient` to a trained parameter; a frozen one drops it. */
function give(parameter: Parameter, gradient: Tensor): void {
  if (parameter.trainable) parameter.accumulate(gradient)
  else gradient.dispose()
}
