import type { Tensor } from '@tensorflow/tfjs'
import type { Architecture } from '../../backbones/architecture'
import type { PhotoBatch } from '../../backbones/bankBatch'
import { normaliseCrops } from '../../backbones/cropBatch'
import { buildTrunk, freezePrefix, normaliseImages, type TrunkNetwork, type Weights } from '../../backbones/network'
import { uploadUint8 } from '../../engine/transfer'
import { uniform } from '../../nn/initializers'
import { evaluation, type Pass } from '../../nn/layer'
import { GlobalAveragePool } from '../../nn/layers/globalAveragePool'
import { Linear } from '../../nn/layers/linear'
import { Sequence } from '../../nn/layers/sequence'
import { multilabelSoftMargin } from '../../nn/losses/multilabelSoftMargin'
import { scaleBy } from '../../nn/ops'
import type { Parameter } from '../../nn/parameter'
import { toTorch } from '../../nn/torchLayout'

/** The optimizer's group of the classifier's own weight. */
export const HEAD_GROUP = 'head'

/** A trunk under training with its linear head. */
export class ClassifierNetwork {
  readonly #network: Sequence
  readonly #trunk: TrunkNetwork
  readonly #head: Linear
  readonly #architecture: Architecture
  readonly #classes: number

  constructor(architecture: Architecture, weights: Weights, classes: number, frozenBlocks: number, seed: number) {
    this.#architecture = architecture
    this.#classes = classes
    this.#trunk = buildTrunk(architecture, weights)
    freezePrefix(this.#trunk, frozenBlocks)
    const head = { name: 'classifier', inputs: architecture.channels, outputs: classes, group: HEAD_GROUP }
    // ±1/√channels: torch's own for a 1×1 convolution.
    this.#head = new Linear(
      head,
      uniform(seed, inputs => 1 / Math.sqrt(inputs)),
      null,
    )
    this.#network = new Sequence([this.#trunk.body, this.#trunk.top, new GlobalAveragePool(), this.#head])
  }

  get parameters(): readonly Parameter[] {
    return this.#network.parameters
  }

  /**
   * Forward, loss and backward of one micro-batch; adds `share` of its gradient.
   * @param read gets the logits `[n, classes]` for the training mAP
   * @returns the loss, a scalar for the caller to dispose
   */
  learn(batch: PhotoBatch, pass: Pass, share: number, read: (logits: Float32Array) => void): Tensor {
    const logits = this.#network.forward(normaliseCrops(batch, this.#architecture), pass)
    read(logits.dataSync() as Float32Array)
    const targets = uploadUint8(batch.targets, [batch.count, this.#classes])
    const { value, gradient } = multilabelSoftMargin(logits, targets)
    targets.dispose()
    const scaled = share === 1 ? gradient : scaleBy(gradient, share)
    if (scaled !== gradient) gradient.dispose()
    this.#network.backward(scaled)?.dispose()
    return value
  }

  /** Logits of one photo. @param pixels `[height, width, 3]` RGB */
  score(pixels: Uint8Array, height: number, width: number): Float32Array {
    const images = uploadUint8(pixels, [1, height, width, 3])
    const logits = this.#network.forward(normaliseImages(images, this.#architecture), evaluation)
    images.dispose()
    const values = logits.dataSync() as Float32Array
    logits.dispose()
    return values
  }

  /** The weights as they are now: trunk by checkpoint name, head `[classes, channels]`. */
  weights(): { readonly trunk: Weights; readonly head: Float32Array } {
    const read = ({ value, shape, layout }: Parameter) => toTorch(value.dataSync() as Float32Array, shape, layout)
    const trunk = [...this.#trunk.body.parameters, ...this.#trunk.top.parameters]
    return { trunk: new Map(trunk.map(parameter => [parameter.name, read(parameter)])), head: read(this.#head.weight) }
  }

  dispose(): void {
    this.#network.discard()
    this.#network.dispose()
  }
}
