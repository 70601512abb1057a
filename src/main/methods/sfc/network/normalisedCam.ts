import type { Tensor } from '@tensorflow/tfjs'
import { currentEngine } from '../../../engine/current'
import { dividedByPeak, oneHot, positive, type Traced } from './traced'

/**
 * The classifier's map as SFC refines it: r_c = relu(cam_c) / (max relu(cam_c) + ε), background 1 − max_c r_c over all
 * classes, absent ones too, then the mask (SFC code network/resnet50_SFC.py `forward`).
 *
 * @param logits `[b, p, c]`, the classifier applied to every place
 * @param mask   `[b, p, c + 1]`, 1 where there is photo and the class is labelled; channel 0 is the background
 * @returns      `[b, p, c + 1]`, in [0, 1]; its gradient is that of the logits
 */
export function normalisedCam(logits: Tensor, mask: Tensor): Traced<Tensor> {
  const { tf } = currentEngine()
  const classes = logits.shape[2]!
  const scaled = dividedByPeak(tf.relu(logits))
  const background = tf.scalar(1).sub(scaled.value.max(2, true)) // [b, p, 1]
  const value = tf.concat([background, scaled.value], 2).mul(mask)
  const gradient = (dValue: Tensor) => {
    const [dBackground, dScaled] = tf.split(dValue.mul(mask), [1, classes], 2) as [Tensor, Tensor]
    const winner = oneHot(scaled.value.argMax(2), classes)
    return scaled.gradient(dScaled.sub(winner.mul(dBackground))).mul(positive(logits))
  }
  return { value, gradient }
}
