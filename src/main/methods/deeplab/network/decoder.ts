import type { Tensor } from '@tensorflow/tfjs'
import type { Tap } from '../../../backbones/taps'
import type { Features } from '../../../backbones/tappedTrunk'
import { joinChannels, splitChannels } from '../../../nn/channels'
import type { Layer, Pass } from '../../../nn/layer'
import { Resize } from '../../../nn/layers/resize'
import { type Sequence, sequence } from '../../../nn/layers/sequence'
import type { Parameter } from '../../../nn/parameter'
import { disposeAll, planeOf, type PlaneSize } from '../../../nn/tensors'
import { convolutionBlock } from './convolutionBlock'
import type { Head } from './head'
import { labelConvolution, pyramid, type PyramidOptions } from './pyramid'

export interface DecoderOptions extends Omit<PyramidOptions, 'inputs'> {
  readonly labels: number
  /** Channels kept of the fine features. */
  readonly lowChannels: number
  readonly decoderWidth: number
  readonly decoderConvolutions: number
}

/**
 * DeepLabV3+ (arXiv:1802.02611 §3.1): the pyramid's result enlarged to the grid of fine features, of which few channels
 * are kept, so that they do not outweigh it; both side by side through 3×3 convolutions to the logits.
 * Names and order of the channels: VainF/DeepLabV3Plus-Pytorch network/_deeplab.py `DeepLabHeadV3Plus`.
 */
export class DecoderHead implements Head {
  readonly taps: readonly [low: string, deep: string]
  readonly parameters: readonly Parameter[]
  readonly #low: Sequence
  readonly #deep: Sequence
  readonly #join: Sequence
  readonly #widths: readonly [number, number]
  #plane: PlaneSize = { height: 0, width: 0 }

  constructor(prefix: string, low: Tap, deep: Tap, options: DecoderOptions, seed: number) {
    const { lowChannels, width } = options
    this.taps = [low.name, deep.name]
    this.#widths = [lowChannels, width]
    const project = { convolution: `${prefix}.project.0`, norm: `${prefix}.project.1`, kernel: 1, dilation: 1 } as const
    this.#low = convolutionBlock({ ...project, inputs: low.channels, outputs: lowChannels, separable: false }, seed)
    this.#deep = sequence(
      pyramid(`${prefix}.aspp`, { ...options, inputs: deep.channels }, seed),
      new Resize('bilinear-half-pixel', () => this.#plane),
    )
    this.#join = sequence(...decoderLayers(`${prefix}.classifier`, lowChannels + width, options, seed))
    this.parameters = this.#parts.flatMap(part => part.parameters)
  }

  get #parts(): readonly Sequence[] {
    return [this.#low, this.#deep, this.#join]
  }

  forward(features: Features, pass: Pass): Tensor {
    const [low, deep] = this.taps.map(name => features.get(name)!) as [Tensor, Tensor]
    this.#plane = planeOf(low)
    const parts = [this.#low.forward(low, pass), this.#deep.forward(deep, pass)]
    const joined = joinChannels(parts)
    disposeAll(...parts)
    return this.#join.forward(joined, { ...pass, inputGradient: true })
  }

  backward(dy: Tensor): Map<string, Tensor> {
    const joined = this.#join.backward(dy)!
    const [dLow, dDeep] = splitChannels(joined, this.#widths) as [Tensor, Tensor]
    joined.dispose()
    const gradients = [this.#low.backward(dLow), this.#deep.backward(dDeep)]
    return new Map(this.taps.flatMap((name, index) => (gradients[index] ? [[name, gradients[index]] as const] : [])))
  }

  discard(): void {
    for (const part of this.#parts) part.discard()
  }

  dispose(): void {
    for (const part of this.#parts) part.dispose()
  }
}

function decoderLayers(
  prefix: string,
  inputs: number,
  { decoderConvolutions, decoderWidth, separable, labels }: DecoderOptions,
  seed: number,
): Layer[] {
  const blocks = Array.from({ length: decoderConvolutions }, (_, index) => {
    const names = { convolution: `${prefix}.${3 * index}`, norm: `${prefix}.${3 * index + 1}` }
    const channels = { inputs: index === 0 ? inputs : decoderWidth, outputs: decoderWidth }
    return convolutionBlock({ ...names, ...channels, kernel: 3, dilation: 1, separable }, seed)
  })
  return [...blocks, labelConvolution(`${prefix}.${3 * decoderConvolutions}`, decoderWidth, labels, seed)]
}
