import type { Tensor } from '@tensorflow/tfjs'
import type { StoredTaps, TapFeatures } from '../../../backbones/tapFeatures'
import { currentEngine } from '../../../engine/current'
import { learnSfc, type LearningOptions } from '../network/learnSfc'
import type { SfcHead } from '../network/sfcHead'
import type { ScaleInput } from '../network/sfcMaps'
import type { FrozenSample } from './frozenSamples'

export interface FrozenLearned {
  /** What is trained for, a scalar for the caller to dispose. */
  readonly loss: Tensor
  /** By `lossNames`. */
  readonly losses: Float32Array
  /** `[classes]`, what the classifier says of the photo. */
  readonly scores: Float32Array
}

/**
 * One photo forward and back through the head alone; adds `share` of its gradient. Photo by photo, since each has a grid
 * of its own: nothing is padded, and maps are made as they will be when they count.
 */
export function learnFrozen(
  head: SfcHead,
  source: TapFeatures,
  { scales, labels }: FrozenSample,
  classes: number,
  options: LearningOptions,
  share: number,
): FrozenLearned {
  const { tf } = currentEngine()
  let values = new Float32Array(0)
  let scores = new Float32Array(0)
  const hear = (said: Float32Array) => {
    scores = said.slice()
  }
  const loss = tf.tidy(() => {
    const present = Array.from({ length: classes }, (_, c) => (labels.includes(c) ? 1 : 0))
    const inputs = scales.map(scale => scaleInput(source, scale, [1, ...present]))
    const { losses } = learnSfc(head, inputs, tf.tensor2d(present, [1, classes]), options, share, hear)
    values = losses.dataSync() as Float32Array<ArrayBuffer>
    return head.classifier.trainable ? losses.sum() : losses.slice([1]).sum()
  })
  return { loss, losses: values, scores }
}

/** What the head reads of one photo; in the caller's tidy. @param channels 1 for the background and labelled classes */
function scaleInput(source: TapFeatures, stored: StoredTaps, channels: readonly number[]): ScaleInput {
  const { tf } = currentEngine()
  const { taps, colours } = source.upload(stored)
  const [, height, width] = taps.at(-1)!.shape as [number, number, number, number]
  const mask = tf.tensor3d([...channels], [1, 1, channels.length]).tile([1, height * width, 1])
  return { taps, colours: colours ?? tf.zeros([1, height, width, 3]), mask }
}
