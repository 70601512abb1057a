import type { PaddingRule } from '../nn/padding'

/** What a convolution does after its batch norm. */
export type Activation = 'none' | 'relu' | 'relu6'

/** One convolution with its batch norm, as data: names are those of the published checkpoint. */
export interface ConvolutionSpec {
  /** Key of the weight without `.weight`. */
  readonly weight: string
  /** Key prefix of its batch norm. */
  readonly norm: string
  readonly kind: 'full' | 'depthwise'
  readonly inputs: number
  readonly outputs: number
  readonly kernel: number
  readonly stride: number
  readonly dilation: number
  readonly activation: Activation
}

/** A run of convolutions whose input is added to their output (after `shortcut`, where shapes change). */
export interface BlockSpec {
  readonly name: string
  readonly convolutions: readonly ConvolutionSpec[]
  readonly residual: boolean
  readonly shortcut?: ConvolutionSpec
  /** Applied after the addition. */
  readonly activation: Activation
}

/** A backbone as data: enough to build it frozen or trainable, to name its weights and to size its cache. */
export interface Architecture {
  readonly name: string
  readonly title: string
  readonly paddingRule: PaddingRule
  readonly normEpsilon: number
  /** Pooling after the stem: torchvision's ResNets have it, EfficientNets do not. */
  readonly stemPool: boolean
  readonly stem: ConvolutionSpec
  readonly blocks: readonly BlockSpec[]
  /** Where its five stages end, `stem` or a block: what pyramids, decoders and side branches tap (taps.ts). */
  readonly stages: readonly string[]
  /** The last 1×1 convolution, recomputed from the cache where its input is narrower than its output. */
  readonly top?: ConvolutionSpec
  /** Channels of the features a classifier reads. */
  readonly channels: number
  readonly stride: number
  /** Input is (rgb − mean) / deviation, rgb in 0 … 255. */
  readonly mean: readonly [number, number, number]
  readonly deviation: readonly [number, number, number]
  /** Checkpoint keys that are not part of the trunk. */
  readonly ignoredKeys: RegExp
}

/** Every convolution of an architecture, in the order data flows. */
export function convolutionsOf(architecture: Architecture): ConvolutionSpec[] {
  return [
    architecture.stem,
    ...architecture.blocks.flatMap(block => [...block.convolutions, ...(block.shortcut ? [block.shortcut] : [])]),
    ...(architecture.top ? [architecture.top] : []),
  ]
}

/** Names and torch shapes of every weight the architecture needs. */
export function expectedWeights(architecture: Architecture): Map<string, readonly number[]> {
  const expected = new Map<string, readonly number[]>()
  for (const { weight, norm, kind, inputs, outputs, kernel } of convolutionsOf(architecture)) {
    expected.set(`${weight}.weight`, [outputs, kind === 'full' ? inputs : 1, kernel, kernel])
    for (const part of ['weight', 'bias', 'running_mean', 'running_var']) expected.set(`${norm}.${part}`, [outputs])
  }
  return expected
}
