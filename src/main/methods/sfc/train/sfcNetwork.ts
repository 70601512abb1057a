import type { Tensor } from '@tensorflow/tfjs'
import type { Architecture } from '../../../backbones/architecture'
import type { PhotoBatch } from '../../../backbones/bankBatch'
import { normaliseCrops } from '../../../backbones/cropBatch'
import type { Weights } from '../../../backbones/network'
import { type Features, TappedTrunk } from '../../../backbones/tappedTrunk'
import { currentEngine } from '../../../engine/current'
import { uploadUint8 } from '../../../engine/transfer'
import type { Pass } from '../../../nn/layer'
import { resize } from '../../../nn/layers/resize'
import type { Parameter } from '../../../nn/parameter'
import { disposeAll, planeOf, share } from '../../../nn/tensors'
import { toTorch } from '../../../nn/torchLayout'
import { learnSfc, type LearningOptions } from '../network/learnSfc'
import { PlaceLayout, rowsOf } from '../network/placeLayout'
import type { SfcHead } from '../network/sfcHead'
import type { ScaleInput } from '../network/sfcMaps'
import { sfcDepths } from '../sfcDepths'

/** A backbone under training with SFC's head: stages up to stride 8 stay, the two behind them learn. */
export class SfcNetwork {
  readonly trunk: TappedTrunk
  readonly #taps: readonly string[]

  constructor(
    readonly architecture: Architecture,
    weights: Weights,
    readonly head: SfcHead,
  ) {
    const { taps } = sfcDepths(architecture)
    this.#taps = [...taps, architecture.top ? 'top' : architecture.stages.at(-1)!]
    this.trunk = new TappedTrunk(architecture, weights, {
      taps: this.#taps,
      frozenThrough: taps[1]!,
      norm: 'fixed',
    })
  }

  get parameters(): readonly Parameter[] {
    return [...this.trunk.parameters, ...this.head.parameters]
  }

  /**
   * Both sizes forward, losses, both back; adds `share` of the gradient of the crops' mean.
   * @param hear is given `[count, classes]`, what the classifier says of the crops
   * @returns `share` of the losses by `lossNames`, for the caller to dispose
   */
  learn(
    batch: PhotoBatch,
    options: LearningOptions,
    pass: Pass,
    share: number,
    hear?: (scores: Float32Array) => void,
  ): Tensor {
    const { tf } = currentEngine()
    const images = normaliseCrops(batch, this.architecture)
    const sizes = options.scaleLoss > 0 ? [images, halved(images)] : [images]
    const features = sizes.map(size => this.#forward(size, pass))
    const [losses, ...deepest] = tf.tidy(() => {
      const classes = this.head.shape.classes
      const targets = uploadUint8(batch.targets, [batch.count, classes])
      const inside = uploadUint8(batch.mask, [batch.count, batch.side, batch.side, 1])
      const labels = tf.concat([tf.ones([batch.count, 1]), targets], 1).expandDims(1) // [b, 1, k]
      const shares = new Array<number>(batch.count).fill(share / batch.count)
      const inputs = features.map((taps, i) => scaleInput(sizes[i]!, taps, { inside, labels }))
      const learned = learnSfc(this.head, inputs, targets, options, shares, hear)
      const shaped = learned.deepest.map((gradient, i) => gradient.reshape(features[i]!.at(-1)!.shape))
      return [learned.losses, ...shaped]
    })
    disposeAll(...sizes, ...features.flat())
    for (const gradient of deepest.toReversed())
      this.trunk.backward(new Map([[this.#taps.at(-1)!, gradient]]))?.dispose()
    return losses!
  }

  /** The backbone as it is now, by checkpoint name. */
  trunkWeights(): Weights {
    const read = ({ value, shape, layout }: Parameter) => toTorch(value.dataSync() as Float32Array, shape, layout)
    return new Map(this.trunk.parameters.map(parameter => [parameter.name, read(parameter)]))
  }

  dispose(): void {
    this.trunk.dispose()
  }

  #forward(images: Tensor, pass: Pass): readonly Tensor[] {
    const features: Features = this.trunk.forward(share(images), pass)
    return this.#taps.map(name => features.get(name)!)
  }
}

/** Half the size with corners aligned, as the code shrinks its crops. */
function halved(images: Tensor): Tensor {
  const { height, width } = planeOf(images)
  return resize(images, { height: height / 2, width: width / 2 }, 'bilinear-align-corners')
}

/** In the caller's tidy; `V` is the crop's box, sampled nearest-floor at the grid, times the labels. */
function scaleInput(
  images: Tensor,
  taps: readonly Tensor[],
  { inside, labels }: { readonly inside: Tensor; readonly labels: Tensor },
): ScaleInput {
  const plane = planeOf(taps.at(-1)!)
  const depths = taps.map(rowsOf)
  const layout = new PlaceLayout(depths.at(-1)!.planes)
  const box = layout.padded(rowsOf(resize(inside, plane, 'nearest-floor')).rows)
  const colours = rowsOf(resize(images, plane, 'bilinear-align-corners')).rows
  return { layout, depths, colours, mask: box.mul(labels) }
}
