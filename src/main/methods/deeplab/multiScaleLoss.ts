import type { Tensor } from '@tensorflow/tfjs'
import { VOID } from '../../../shared/raster/palette'
import { currentEngine } from '../../engine/current'
import { type Pass, trainingPass } from '../../nn/layer'
import { Resize, resize } from '../../nn/layers/resize'
import { crossEntropy } from '../../nn/losses/crossEntropy'
import type { Loss } from '../../nn/losses/loss'
import { addAll, multiply, scaleBy } from '../../nn/ops'
import { disposeAll, planeOf, replace, share } from '../../nn/tensors'
import { labelsAt } from './loss'
import type { SegmentationNetwork } from './network/segmentationNetwork'

/** Scales beside 1 (kazuto1011/deeplab-pytorch libs/models/msc.py). */
const SMALLER = [0.75, 0.5]

/**
 * DeepLabV2's loss: the cross entropies of the logits at scales 1, 0.75 and 0.5, each on its own grid with the labels
 * brought to it, and of the largest of the three a pixel and class; summed (arXiv:1606.00915 §4.3; `MSC` as above).
 * Adds `part` of its gradient to the network's parameters.
 *
 * @param images `[n, h, w, 3]`, normalised; taken over
 * @param labels `[n, h, w, 1]` float32 of whole numbers; not consumed
 * @param dropped share of the pixels that each of the four sets aside, those with the largest losses
 * @returns the loss, a scalar owned by the caller
 */
export function learnAtScales(
  network: SegmentationNetwork,
  images: Tensor,
  labels: Tensor,
  pass: Pass,
  part: number,
  dropped = 0,
): Tensor {
  const { height, width } = planeOf(images)
  const inputs = SMALLER.map(scale =>
    resize(images, { height: Math.floor(height * scale), width: Math.floor(width * scale) }, 'bilinear-half-pixel'),
  )
  const logits = [images, ...inputs].map(input => network.forward(input, pass))
  const { value: largest, backward } = joinLargest(logits)
  const own = logits.map(each => lossAt(each, labels, dropped))
  const joint = lossAt(largest, labels, dropped)
  const through = backward(joint.gradient)
  // Passes of one network are answered latest first.
  for (let index = own.length - 1; index >= 0; index--) {
    const gradient = addAll([own[index]!.gradient, through[index]!])
    disposeAll(own[index]!.gradient, through[index]!)
    network.backward(replace(gradient, scaleBy(gradient, part)))
  }
  const values = [...own, joint].map(({ value }) => value)
  const total = addAll(values)
  disposeAll(...values)
  return total
}

function lossAt(logits: Tensor, labels: Tensor, dropped: number): Loss {
  const wanted = labelsAt(labels, planeOf(logits))
  const loss = crossEntropy(logits, wanted, VOID, dropped)
  wanted.dispose()
  return loss
}

/**
 * The largest value a pixel and class, on the grid of the first; the others are enlarged to it. Where several are
 * largest the first takes the gradient.
 *
 * @param logits `[n, h_k, w_k, labels]`, not consumed
 */
export function joinLargest(logits: readonly Tensor[]): {
  readonly value: Tensor
  /** Gives each its gradient, on its own grid. @param dy taken over */
  readonly backward: (dy: Tensor) => Tensor[]
} {
  const { tf } = currentEngine()
  const enlarge = logits.map(() => new Resize('bilinear-half-pixel', () => planeOf(logits[0]!)))
  const pass = { ...trainingPass(0, 0), inputGradient: true }
  const enlarged = logits.map((each, index) => enlarge[index]!.forward(share(each), pass))
  const value = tf.keep(tf.tidy(() => enlarged.reduce((most, each) => tf.maximum(most, each))))
  const masks = firstLargest(enlarged, value)
  disposeAll(...enlarged)
  return {
    value,
    backward: dy => {
      const gradients = masks.map((mask, index) => enlarge[index]!.backward(multiply(dy, mask)))
      disposeAll(dy, ...masks)
      return gradients
    },
  }
}

/** 1 where a value is the largest and none before it is. */
function firstLargest(values: readonly Tensor[], largest: Tensor): Tensor[] {
  const { tf } = currentEngine()
  return tf.tidy(() => {
    let taken = tf.zerosLike(largest)
    return values.map(value => {
      const mask = value.equal(largest).toFloat().mul(tf.sub(1, taken))
      taken = taken.add(mask)
      return tf.keep(mask)
    })
  })
}
