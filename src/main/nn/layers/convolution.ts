import type { Tensor } from '@tensorflow/tfjs'
import { WorkbenchError } from '../../../shared/errors'
import { addBias, convolve, convolveDepthwise, type ConvolutionGeometry } from '../../engine/ops'
import type { Initializer } from '../initializers'
import { keeps, type Pass } from '../layer'
import { sumToBias } from '../ops'
import { paddingFor, type PaddingRule } from '../padding'
import { Parameter, type ParameterOptions } from '../parameter'
import { planeOf, replace } from '../tensors'
import { BaseLayer } from './baseLayer'
import { filterGradient, inputGradient, type ConvolutionKind } from './convolutionGradients'

export interface ConvolutionOptions {
  /** Torch's dotted name without `.weight`, e.g. `layer1.0.conv1`. */
  readonly name: string
  readonly kind: ConvolutionKind
  readonly inputs: number
  readonly outputs: number
  /** Side of the square kernel. */
  readonly kernel: number
  readonly stride: number
  readonly dilation: number
  readonly padding: PaddingRule
  /** The optimizer's group of its parameters. */
  readonly group: string
  /** That of the bias, where it learns by another rule. */
  readonly biasGroup?: string
}

/** y = W ∗ x (+ b). `[n, h, w, inputs]` → `[n, h', w', outputs]` */
export class Convolution extends BaseLayer<{ readonly x: Tensor; readonly inputGradient: boolean }> {
  readonly weight: Parameter
  readonly bias: Parameter | null
  readonly parameters: readonly Parameter[]
  readonly #options: ConvolutionOptions

  /** @param initialBias null for a convolution without bias */
  constructor(options: ConvolutionOptions, initialWeight: Initializer, initialBias: Initializer | null) {
    const { name, group, biasGroup = group, outputs } = options
    super(name)
    const weight = weightOf(options)
    const bias: ParameterOptions = {
      name: `${name}.bias`,
      shape: [outputs],
      layout: 'vector',
      group: biasGroup,
      learned: true,
    }
    this.weight = new Parameter(weight, initialWeight(weight))
    this.bias = initialBias === null ? null : new Parameter(bias, initialBias(bias))
    this.parameters = this.bias === null ? [this.weight] : [this.weight, this.bias]
    this.#options = options
  }

  forward(x: Tensor, pass: Pass): Tensor {
    const raw = convolveWith(this.#options, x, this.weight.value)
    const y = this.bias === null ? raw : replace(raw, addBias(raw, this.bias.value))
    if (keeps(this, pass)) this.kept.push({ x, inputGradient: pass.inputGradient })
    else x.dispose()
    return y
  }

  backward(dy: Tensor): Tensor | null {
    const { x, inputGradient: wanted } = this.kept.pop()
    const { kind } = this.#options
    const geometry = geometryFor(this.#options, x)
    if (this.weight.trainable) this.weight.accumulate(filterGradient(kind, x, dy, this.weight.shape, geometry))
    if (this.bias?.trainable) this.bias.accumulate(sumToBias(dy))
    const dx = wanted ? inputGradient(kind, dy, this.weight.value, x.shape, geometry) : null
    x.dispose()
    dy.dispose()
    return dx
  }
}

/**
 * The weight of a convolution as a parameter: `[kh, kw, in, out]`, depthwise `[kh, kw, channels, 1]`.
 * @throws UNSUPPORTED for what the gradients do not know: dilation with a stride, a channel multiplier
 */
export function weightOf(options: ConvolutionOptions): ParameterOptions {
  const { name, kind, kernel, inputs, outputs, stride, dilation, group } = options
  if (dilation > 1 && stride > 1)
    throw new WorkbenchError(
      'UNSUPPORTED',
      `${name}: a convolution of stride ${stride} cannot be dilated by ${dilation}`,
    )
  if (kind === 'depthwise' && inputs !== outputs)
    throw new WorkbenchError(
      'UNSUPPORTED',
      `${name}: a depthwise convolution gives its ${inputs} channels, not ${outputs}`,
    )
  return {
    name: `${name}.weight`,
    shape: kind === 'full' ? [kernel, kernel, inputs, outputs] : [kernel, kernel, inputs, 1],
    layout: kind === 'full' ? 'conv' : 'depthwise',
    group,
    learned: true,
  }
}

export function geometryFor(options: ConvolutionOptions, x: Tensor): ConvolutionGeometry {
  const { height, width } = planeOf(x)
  const { stride, dilation } = options
  return { stride, dilation, padding: paddingFor(options.padding, options, height, width) }
}

/** W ∗ x; neither is consumed. */
export function convolveWith(options: ConvolutionOptions, x: Tensor, weight: Tensor): Tensor {
  return (options.kind === 'full' ? convolve : convolveDepthwise)(x, weight, geometryFor(options, x))
}
