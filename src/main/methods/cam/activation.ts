import type { Tensor } from '@tensorflow/tfjs'
import { currentEngine } from '../../engine/current'

/**
 * Class activation of one photo at one scale (Zhou et al., arXiv:1512.04150, equation 2; mirror and ReLU as in
 * jiwoon-ahn/irn net/resnet50_cam.py): relu(W·f(x)) + mirrored back relu(W·f(mirror x)), the ReLU per copy.
 *
 * @param features `[copies, h, w, d]`, copies 1 or 2
 * @param weight   `[d, n]`, the head's weight of the wanted classes
 * @returns        `[h, w, n]`, ≥ 0
 */
export function classActivation(features: Tensor, weight: Tensor): Tensor {
  const { tf } = currentEngine()
  const [copies, height, width, channels] = features.shape as [number, number, number, number]
  return tf.tidy(() => {
    const scores = tf.relu(tf.matMul(features.reshape([copies * height * width, channels]), weight))
    const maps = scores.reshape([copies, height, width, weight.shape[1]!])
    if (copies === 1) return maps.squeeze([0])
    const [straight, mirror] = tf.unstack(maps)
    return straight!.add(mirror!.reverse(1))
  })
}
