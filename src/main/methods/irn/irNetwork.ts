import type { Tensor } from '@tensorflow/tfjs'
import type { RgbImage, Size } from '../../../shared/raster/size'
import type { Architecture } from '../../backbones/architecture'
import { type CropBatch, normaliseCrops } from '../../backbones/cropBatch'
import { normaliseImages, type Weights } from '../../backbones/network'
import { TappedTrunk } from '../../backbones/tappedTrunk'
import { currentEngine } from '../../engine/current'
import { readTidy, uploadUint8 } from '../../engine/transfer'
import { evaluation, type Pass } from '../../nn/layer'
import type { Parameter } from '../../nn/parameter'
import { quarterSize } from '../../nn/multiScale'
import { mean, pad, slice } from '../../nn/ops'
import { disposeAll } from '../../nn/tensors'
import { affinityLoss, type AffinityLoss, type AffinityPairs, type CropGrid } from './affinityLoss'
import { DisplacementBranch } from './displacementBranch'
import { displacementLoss, type DisplacementLoss } from './displacementLoss'
import { EdgeBranch } from './edgeBranch'
import { readSides, sideTaps, type SideTap } from './sideTaps'

/** Crops with what is sure in them. */
export interface LabelledCrops extends CropBatch {
  /** `[count, side / 4, side / 4]`: class index + 1, background 0, void 255. */
  readonly labels: Uint8Array
}

/** What a training step cost, part by part. */
export interface StepLoss {
  readonly affinity: AffinityLoss
  readonly displacement: DisplacementLoss | null
}

/** What IRNet says of one photo, on a quarter of its pixels along each axis. */
export interface SeenPhoto extends Size {
  /** `[height, width]`, in [0, 1] */
  readonly edge: Float32Array
  /** `[height, width, 2]`: dy, dx in cells */
  readonly displacement: Float32Array | null
}

/**
 * IRNet (arXiv:1904.05044, section 4.1; jiwoon-ahn/irn net/resnet50_irn.py): a backbone that stays as published, and on
 * five of its depths a branch for edges and, where it is asked for, one for displacements.
 */
export class IrNetwork {
  readonly #architecture: Architecture
  readonly #trunk: TappedTrunk
  readonly #taps: readonly SideTap[]
  readonly #edges: EdgeBranch
  readonly #displacements: DisplacementBranch | null
  readonly #pairs: AffinityPairs

  constructor(architecture: Architecture, weights: Weights, pairs: AffinityPairs, displacement: boolean, seed: number) {
    this.#architecture = architecture
    this.#taps = sideTaps(architecture)
    const names = this.#taps.map(({ name }) => name)
    this.#trunk = new TappedTrunk(architecture, weights, { taps: names, frozenThrough: names.at(-1)!, norm: 'frozen' })
    this.#edges = new EdgeBranch(this.#taps, seed)
    this.#displacements = displacement ? new DisplacementBranch(this.#taps, seed) : null
    this.#pairs = pairs
  }

  /** Those of the branches: the backbone's are never changed. */
  get parameters(): readonly Parameter[] {
    return [...this.#edges.parameters, ...(this.#displacements?.parameters ?? [])]
  }

  /**
   * Forward, loss and backward of one micro-batch; adds `share` of its gradient.
   * @returns the loss, a scalar for the caller to dispose
   */
  learn(batch: LabelledCrops, pass: Pass, share: number, report: (loss: StepLoss) => void): Tensor {
    const { tf } = currentEngine()
    const features = this.#features(normaliseCrops(batch, this.#architecture))
    const logits = this.#edges.forward(features, pass)
    const displacements = this.#displacements?.forward(features, pass)
    disposeAll(...features)
    const affinity = this.#learnEdges(logits, batch.labels, share)
    const displacement = displacements === undefined ? null : this.#learnWays(displacements, batch.labels, share)
    report({ affinity, displacement })
    return tf.scalar(affinity.total + (displacement?.total ?? 0))
  }

  /**
   * What the branches see in one photo: the edges as the mean of the photo's and its mirror image's logits, the
   * displacements of the photo alone.
   * @param padTo the photo is laid on a square of so many pixels first, 0 (the mean colour) right of it and below
   */
  look({ data, ...size }: RgbImage, padTo: number | null): SeenPhoto {
    const { tf } = currentEngine()
    const plane = quarterSize(size)
    const photo = uploadUint8(data, [1, size.height, size.width, 3])
    const features = tf.tidy(() => {
      const pair = normaliseImages(tf.concat([photo, photo.reverse(2)]), this.#architecture)
      const margin = (side: number) => (padTo === null ? 0 : padTo - side)
      return this.#features(
        pad(pair, [
          [0, 0],
          [0, margin(size.height)],
          [0, margin(size.width)],
          [0, 0],
        ]),
      )
    })
    photo.dispose()
    const edge = readTidy(() => meanEdge(this.#edges.forward(features, evaluation), plane))
    const displacement =
      this.#displacements === null ? null : readTidy(() => this.#waysOf(this.#displacements!, features, plane))
    disposeAll(...features)
    return { ...plane, edge, displacement }
  }

  /** The mean displacement over crops, dy and dx in cells; 0 without a branch for it. */
  meanDisplacement(crops: CropBatch): readonly [dy: number, dx: number] {
    const branch = this.#displacements
    if (branch === null) return [0, 0]
    const features = this.#features(normaliseCrops(crops, this.#architecture))
    const [dy, dx] = readTidy(() => mean(branch.forward(features, evaluation), [0, 1, 2]))
    disposeAll(...features)
    return [dy!, dx!]
  }

  /** Sets what `DisplacementBranch.shift` takes away. */
  set shift(mean: readonly [dy: number, dx: number]) {
    this.#displacements?.shift.load(Float32Array.from(mean))
  }

  dispose(): void {
    for (const part of [this.#trunk, this.#edges, this.#displacements]) {
      part?.discard()
      part?.dispose()
    }
  }

  /** @param images normalised, taken over @returns what the branches read */
  #features(images: Tensor): Tensor[] {
    const features = this.#trunk.forward(images, evaluation)
    const sides = readSides(this.#taps, features)
    disposeAll(...features.values())
    return sides
  }

  #learnEdges(logits: Tensor, labels: Uint8Array, share: number): AffinityLoss {
    const edge = Float32Array.from(logits.dataSync(), sigmoid)
    const loss = affinityLoss(edge, labels, gridOf(logits), this.#pairs)
    const slopes = loss.gradient.map((slope, i) => share * slope * edge[i]! * (1 - edge[i]!))
    this.#edges.backward(currentEngine().tf.tensor(slopes, logits.shape))
    logits.dispose()
    return loss
  }

  #learnWays(displacements: Tensor, labels: Uint8Array, share: number): DisplacementLoss {
    const values = displacements.dataSync() as Float32Array
    const loss = displacementLoss(values, labels, gridOf(displacements), this.#pairs)
    const slopes = loss.gradient.map(slope => share * slope)
    this.#displacements!.backward(currentEngine().tf.tensor(slopes, displacements.shape))
    displacements.dispose()
    return loss
  }

  #waysOf(branch: DisplacementBranch, features: readonly Tensor[], { height, width }: Size): Tensor {
    const first = features.map(x => slice(x, [0, 0, 0, 0], [1, ...x.shape.slice(1)]))
    return slice(branch.forward(first, evaluation), [0, 0, 0, 0], [1, height, width, 2])
  }
}

/** σ of the mean of a photo's logits and its mirror image's, mirrored back. @param logits `[2, h, w, 1]` */
function meanEdge(logits: Tensor, { height, width }: Size): Tensor {
  const { tf } = currentEngine()
  const [straight, mirrored] = tf.unstack(slice(logits, [0, 0, 0, 0], [2, height, width, 1])) as [Tensor, Tensor]
  return tf.sigmoid(straight.add(mirrored.reverse(1)).div(2))
}

function gridOf({ shape }: Tensor): CropGrid {
  const [count, height, width] = shape as [number, number, number, number]
  return { count, height, width }
}

function sigmoid(logit: number): number {
  return 1 / (1 + Math.exp(-logit))
}
