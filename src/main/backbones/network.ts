import type { Tensor } from '@tensorflow/tfjs'
import { currentEngine } from '../engine/current'
import { constant, type Initializer } from '../nn/initializers'
import type { Layer } from '../nn/layer'
import { Activation } from '../nn/layers/activation'
import { identity, residual } from '../nn/layers/branch'
import { FoldedConvolution } from '../nn/layers/foldedConvolution'
import { MaxPool } from '../nn/layers/maxPool'
import { Sequence } from '../nn/layers/sequence'
import { loadStateDict } from '../nn/stateDict'
import type { Architecture, BlockSpec, ConvolutionSpec } from './architecture'

/** Weights by checkpoint name, in torch's order `[out, in, kh, kw]`. */
export type Weights = ReadonlyMap<string, Float32Array>

/** The optimizer's group of every trunk parameter. */
export const TRUNK_GROUP = 'trunk'

/** A backbone as layers. Batch norms are fixed and folded into their convolutions; γ and β can still be trained. */
export interface TrunkNetwork {
  /** Normalised image → narrow features; stem and blocks, one layer each. */
  readonly body: Sequence
  /** Narrow features → the features a classifier reads. */
  readonly top: Layer
}

/** Builds the layers and loads the published weights into them. */
export function buildTrunk(architecture: Architecture, weights: Weights): TrunkNetwork {
  const make = (spec: ConvolutionSpec) => convolutionLayer(spec, architecture)
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

function convolutionLayer(spec: ConvolutionSpec, { paddingRule, normEpsilon }: Architecture): Layer {
  const { weight, norm, activation, ...shape } = spec
  return new FoldedConvolution(
    { name: weight, padding: paddingRule, group: TRUNK_GROUP, ...shape },
    { name: norm, epsilon: normEpsilon, group: TRUNK_GROUP },
    placeholder,
    activation,
  )
}
