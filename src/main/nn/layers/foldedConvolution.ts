import type { Tensor } from '@tensorflow/tfjs'
import { convolveBiased, convolveDepthwiseBiased, type FusedActivation } from '../../engine/ops'
import { currentEngine } from '../../engine/current'
import type { Initializer } from '../initializers'
import { keeps, type Pass } from '../layer'
import { multiply, reshape, subtract, sum, sumToBias } from '../ops'
import { Parameter } from '../parameter'
import { disposeAll, replace, share } from '../tensors'
import { activationGradient } from './activation'
import { BaseLayer } from './baseLayer'
import { type ConvolutionOptions, geometryFor, weightOf } from './convolution'
import { filterGradient, inputGradient } from './convolutionGradients'
import { type NormOptions, type NormParameters, normParameters } from './normParameters'

interface Folded {
  /** Of which values it was made. */
  readonly versions: string
  /** s ⊙ W, in the weight's shape. */
  readonly weight: Tensor
  /** β − s μ, `[outputs]`. */
  readonly bias: Tensor
}

/**
 * A convolution, its fixed batch norm and what activates it as one convolution: y = (s ⊙ W) ∗ x + (β − s μ), s = γ / √(σ² + ε).
 *
 * Trained, W, γ and β still get their own gradients, without the convolution's raw output being kept. With W' = s ⊙ W
 * and o an output channel, ∂L/∂W = s ⊙ ∂L/∂W', ∂L/∂β = Σ dy, and since y_o = s_o (W_o ∗ x − μ_o) + β_o,
 * ∂L/∂s_o = ⟨∂L/∂W'_o, W_o⟩ − μ_o Σ dy_o. Half the memory of a separate batch norm and two sweeps fewer.
 */
export class FoldedConvolution extends BaseLayer<{
  readonly x: Tensor
  /** The result, where an activation follows: its gradient needs it. */
  readonly y: Tensor | null
  readonly inputGradient: boolean
}> {
  readonly weight: Parameter
  readonly norm: NormParameters
  readonly parameters: readonly Parameter[]
  readonly #options: ConvolutionOptions
  readonly #epsilon: number
  readonly #activation: FusedActivation
  #folded: Folded | null = null

  constructor(
    options: ConvolutionOptions,
    norm: Omit<NormOptions, 'channels'>,
    initialWeight: Initializer,
    activation: FusedActivation = 'none',
  ) {
    super(options.name)
    this.#activation = activation
    const weight = weightOf(options)
    this.weight = new Parameter(weight, initialWeight(weight))
    this.norm = normParameters({ ...norm, channels: options.outputs })
    this.parameters = [this.weight, ...this.norm.all]
    this.#options = options
    this.#epsilon = norm.epsilon
  }

  forward(x: Tensor, pass: Pass): Tensor {
    const { weight, bias } = this.#fold()
    const convolution = this.#options.kind === 'full' ? convolveBiased : convolveDepthwiseBiased
    const y = convolution(x, weight, bias, geometryFor(this.#options, x), this.#activation)
    if (keeps(this, pass))
      this.kept.push({ x, y: this.#activation === 'none' ? null : share(y), inputGradient: pass.inputGradient })
    else x.dispose()
    return y
  }

  backward(dy: Tensor): Tensor | null {
    const { x, y, inputGradient: wanted } = this.kept.pop()
    const { kind } = this.#options
    const geometry = geometryFor(this.#options, x)
    const dz = this.#activation === 'none' || y === null ? dy : replace(dy, activationGradient(this.#activation, dy, y))
    y?.dispose()
    this.#accumulateNorm(dz, () => filterGradient(kind, x, dz, this.weight.shape, geometry))
    const dx = wanted ? inputGradient(kind, dz, this.#fold().weight, x.shape, geometry) : null
    x.dispose()
    dz.dispose()
    return dx
  }

  override dispose(): void {
    this.#unfold()
    super.dispose()
  }

  #accumulateNorm(dy: Tensor, foldedGradient: () => Tensor): void {
    const { gamma, beta } = this.norm
    const gradient = this.weight.trainable || gamma.trainable ? foldedGradient() : null
    const sums = gamma.trainable || beta.trainable ? sumToBias(dy) : null
    if (gradient !== null && sums !== null && gamma.trainable) gamma.accumulate(this.#gammaGradient(gradient, sums))
    if (gradient !== null && this.weight.trainable) {
      const scale = this.#scale()
      this.weight.accumulate(multiply(gradient, scale))
      scale.dispose()
    }
    gradient?.dispose()
    if (sums !== null && beta.trainable) beta.accumulate(sums)
    else sums?.dispose()
  }

  /** (⟨∂L/∂W'_o, W_o⟩ − μ_o Σ dy_o) / √(σ_o² + ε), `[outputs]` */
  #gammaGradient(gradient: Tensor, sums: Tensor): Tensor {
    const { tf } = currentEngine()
    const { runningMean, runningVariance } = this.norm
    return tf.tidy(() => {
      const products = sum(multiply(gradient, this.weight.value), this.#options.kind === 'full' ? [0, 1, 2] : [0, 1, 3])
      return subtract(products, multiply(runningMean.value, sums)).div(runningVariance.value.add(this.#epsilon).sqrt())
    })
  }

  /** s in a shape that multiplies the weight: `[outputs]`, depthwise `[channels, 1]`. */
  #scale(): Tensor {
    const { gamma, runningVariance } = this.norm
    const { tf } = currentEngine()
    return tf.tidy(() => {
      const scale = gamma.value.div(runningVariance.value.add(this.#epsilon).sqrt())
      return this.#options.kind === 'full' ? scale : reshape(scale, [this.#options.outputs, 1])
    })
  }

  #fold(): Folded {
    const versions = this.parameters.map(parameter => parameter.version).join(' ')
    if (this.#folded?.versions === versions) return this.#folded
    this.#unfold()
    const { tf } = currentEngine()
    const { beta, runningMean } = this.norm
    const [weight, bias] = tf.tidy(() => {
      const scale = this.#scale()
      const shift = multiply(reshape(scale, [this.#options.outputs]), runningMean.value)
      return [tf.keep(multiply(this.weight.value, scale)), tf.keep(subtract(beta.value, shift))]
    })
    this.#folded = { versions, weight, bias }
    return this.#folded
  }

  #unfold(): void {
    disposeAll(this.#folded?.weight, this.#folded?.bias)
    this.#folded = null
  }
}
