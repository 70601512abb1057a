import type { Tensor } from '@tensorflow/tfjs'
import type { Architecture } from '../../../backbones/architecture'
import type { TrunkLayout } from '../../../backbones/layout'
import type { Weights } from '../../../backbones/network'
import { stageTaps, type Tap, tapOf } from '../../../backbones/taps'
import { TappedTrunk } from '../../../backbones/tappedTrunk'
import { type Pass, trains } from '../../../nn/layer'
import { sequence } from '../../../nn/layers/sequence'
import type { Parameter } from '../../../nn/parameter'
import type { DeeplabOptions } from '../options'
import { convolutionBlock } from './convolutionBlock'
import { DecoderHead } from './decoder'
import { type Head, singleTapHead } from './head'
import { labelConvolution, pyramid, summedPyramid } from './pyramid'

/** The stride and the dilation that a head wants below it. */
export function layoutFor({ head, stride }: Pick<DeeplabOptions, 'head' | 'stride'>): TrunkLayout {
  return { stride, dilate: head === 'deeplabv2' ? 'stage' : 'after' }
}

export type NetworkOptions = Pick<
  DeeplabOptions,
  | 'head'
  | 'frozenStages'
  | 'norm'
  | 'width'
  | 'rates'
  | 'separable'
  | 'lowChannels'
  | 'decoderWidth'
  | 'decoderConvolutions'
  | 'dropout'
>

/** A backbone with a head: photos → logits of the background and the classes. */
export class SegmentationNetwork {
  readonly parameters: readonly Parameter[]
  readonly #trunk: TappedTrunk
  readonly #head: Head

  /**
   * @param architecture laid out as `layoutFor` says
   * @param weights      the backbone's, published or trained
   * @param labels       classes and background
   */
  constructor(
    readonly architecture: Architecture,
    weights: Weights,
    readonly labels: number,
    options: NetworkOptions,
    seed: number,
  ) {
    const stages = stageTaps(architecture)
    this.#head = headOf(stages[1]!, deepestTap(architecture), labels, options, seed)
    this.#trunk = new TappedTrunk(architecture, weights, {
      taps: this.#head.taps,
      frozenThrough: options.frozenStages === 0 ? null : stages[options.frozenStages - 1]!.name,
      norm: options.norm,
    })
    this.parameters = [...this.#trunk.parameters, ...this.#head.parameters]
  }

  /** The parameters of the backbone, under its own names; the others are the head's. */
  get trunkParameters(): readonly Parameter[] {
    return this.#trunk.parameters
  }

  /**
   * @param images normalised, `[n, h, w, 3]`; taken over
   * @returns `[n, h', w', labels]`, a quarter of the sides with a decoder, else those of the last features
   */
  forward(images: Tensor, pass: Pass): Tensor {
    const features = this.#trunk.forward(images, pass)
    return this.#head.forward(features, { ...pass, inputGradient: trains(this.#trunk) })
  }

  /** Adds to the gradients of the parameters. @param dy of the logits, taken over */
  backward(dy: Tensor): void {
    this.#trunk.backward(this.#head.backward(dy))?.dispose()
  }

  dispose(): void {
    this.#head.discard()
    this.#head.dispose()
    this.#trunk.dispose()
  }
}

/** The last block: EfficientNet-Lite's final 1×1 to 1,280 channels serves classifiers, and is left out. */
function deepestTap(architecture: Architecture): Tap {
  return tapOf(architecture, architecture.blocks.at(-1)!.name)
}

function headOf(low: Tap, deep: Tap, labels: number, options: NetworkOptions, seed: number): Head {
  const { head, width, rates, separable, decoderWidth } = options
  const parts = { ...options, inputs: deep.channels, labels }
  switch (head) {
    case 'deeplabv3plus':
      return new DecoderHead('classifier', low, deep, parts, seed)
    case 'deeplabv3': {
      const names = { convolution: 'classifier.1', norm: 'classifier.2' }
      const block = { ...names, inputs: width, outputs: decoderWidth, kernel: 3, dilation: 1, separable } as const
      const layers = [pyramid('classifier.0', parts, seed), convolutionBlock(block, seed)]
      return singleTapHead(deep.name, sequence(...layers, labelConvolution('classifier.4', decoderWidth, labels, seed)))
    }
    case 'deeplabv2':
      return singleTapHead(deep.name, summedPyramid('aspp', { inputs: deep.channels, labels, rates }, seed))
  }
}
