import type { Tensor } from '@tensorflow/tfjs'
import { currentEngine } from '../engine/current'
import { constant, type Initializer } from '../nn/initializers'
import type { Layer } from '../nn/layer'
import { Activation } from '../nn/layers/activation'
import { BatchNorm } from '../nn/layers/batchNorm'
import { identity, residual } from '../nn/layers/branch'
import { Convolution } from '../nn/layers/convolution'
import { FoldedConvolution } from '../nn/layers/foldedConvolution'
import { MaxPool } from '../nn/layers/maxPool'
import { Sequence, sequence } from '../nn/layers/sequence'
import { loadStateDict } from '../nn/stateDict'
import type { Architecture, BlockSpec, ConvolutionSpec } from './architecture'

/** Weights by checkpoint name, in torch's order `[out, in, kh, kw]`. */
export type Weights = ReadonlyMap<string, Float32Array>

/** The optimizer's group of every trunk parameter. */
export const TRUNK_GROUP = 'trunk'

/**
 * What becomes of the batch norms:
 * - `fixed`: running statistics as loaded, folded into the convolutions; γ and β are trained
 * - `frozen`: γ and β stay as loaded, too
 * - `batch`: the statistics of the batch while training, which wants ≥ 8 photos at once
 */
export type TrunkNorm = 'fixed' | 'frozen' | 'batch'

/** A backbone as layers. */
export interface TrunkNetwork {
  /** Normalised image → narrow features; stem and blocks, one layer each. */
  readonly body: Sequence
  /** Narrow features → the features a classifier reads. */
  readonly top: Layer
}

/** Builds the layers and loads the published weights into them. */
export function buildTrunk(architecture: Architecture, weights: Weights, norm: TrunkNorm = 'fixed'): TrunkNetwork {
  const make = (spec: ConvolutionSpec) => convolutionLayer(spec, architecture, norm)
  const stem = new Sequence([
    make(architecture.stem),
    ...(architecture.stemPool
      ? [new MaxPool({ kernel: 3, stride: 2, padding: architecture.paddingRule, rounding: 'floor' })]
      : []),
  ])
  const body = new Sequence([stem, ...architecture.blocks.map(block => blockLayer(block, make))])
  const top = architecture.top ? make(architecture.top) : identity()
  loadStateDict([...body.parameters, ...top.parameters], weights)
  return { body, top }
}

/** Freezes the stem and the first `blocks` blocks; a frozen prefix keeps nothing for a backward pass. */
export function freezePrefix({ body }: TrunkNetwork, blocks: number): void {
  for (const layer of body.layers.slice(0, 1 + blocks))
    for (const parameter of layer.parameters) parameter.trainable = false
}

/** (rgb − mean) / deviation. @param images `[n, h, w, 3]` in 0 … 255, not consumed */
export function normaliseImages(images: Tensor, { mean, deviation }: Architecture): Tensor {
  const { tf } = currentEngine()
  return tf.tidy(() => images.sub(tf.tensor1d([...mean])).div(tf.tensor1d([...deviation])))
}

function blockLayer(block: BlockSpec, make: (spec: ConvolutionSpec) => Layer): Layer {
  const body = new Sequence(block.convolutions.map(make))
  if (!block.residual) return body
  const sum = residual(body, block.shortcut ? make(block.shortcut) : identity())
  return block.activation === 'none' ? sum : new Sequence([sum, new Activation(block.activation)])
}

/** Weights are loaded before the first use: what stands here first does not matter. */
const placeholder: Initializer = constant(0)

/** Weight of a batch in the running statistics: torch's default. */
const NORM_MOMENTUM = 0.1

function convolutionLayer(spec: ConvolutionSpec, { paddingRule, normEpsilon }: Architecture, mode: TrunkNorm): Layer {
  const { weight, norm, activation, ...shape } = spec
  const options = { name: weight, padding: paddingRule, group: TRUNK_GROUP, ...shape }
  const normOptions = { name: norm, epsilon: normEpsilon, group: TRUNK_GROUP }
  if (mode === 'batch')
    return sequence(
      new Convolution(options, placeholder, null),
      new BatchNorm({ ...normOptions, channels: spec.outputs, momentum: NORM_MOMENTUM }),
      ...(activation === 'none' ? [] : [new Activation(activation)]),
    )
  const layer = new FoldedConvolution(options, normOptions, placeholder, activation)
  if (mode === 'frozen') for (const parameter of layer.norm.all) parameter.trainable = false
  return layer
}
