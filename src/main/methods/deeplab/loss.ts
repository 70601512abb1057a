import type { Tensor } from '@tensorflow/tfjs'
import { VOID } from '../../../shared/raster/palette'
import { currentEngine } from '../../engine/current'
import type { Pass } from '../../nn/layer'
import { Resize, resize } from '../../nn/layers/resize'
import { crossEntropy } from '../../nn/losses/crossEntropy'
import { scaleBy } from '../../nn/ops'
import { planeOf, replace } from '../../nn/tensors'
import type { SegmentationNetwork } from './network/segmentationNetwork'

/**
 * Cross entropy at the resolution of the labels: logits are enlarged to it, void pixels count for nothing. Adds `share`
 * of its gradient to the network's parameters.
 *
 * @param images `[n, h, w, 3]`, normalised; taken over
 * @param labels `[n, h, w, 1]` float32 of whole numbers; not consumed
 * @param dropped share of the pixels that is set aside, those with the largest losses
 * @returns the loss, a scalar owned by the caller
 */
export function learnAtFullSize(
  network: SegmentationNetwork,
  images: Tensor,
  labels: Tensor,
  pass: Pass,
  share: number,
  dropped = 0,
): Tensor {
  const enlarge = new Resize('bilinear-half-pixel', () => planeOf(labels))
  const logits = enlarge.forward(network.forward(images, pass), { ...pass, inputGradient: true })
  const wanted = asIndices(labels)
  const { value, gradient } = crossEntropy(logits, wanted, VOID, dropped)
  wanted.dispose()
  network.backward(enlarge.backward(replace(gradient, scaleBy(gradient, share))))
  return value
}

/** `[n, h, w, 1]` float32 → `[n, h, w]` int32 */
export function asIndices(labels: Tensor): Tensor {
  return currentEngine().tf.tidy(() => labels.squeeze([3]).toInt())
}

/** The labels at another size, as Pillow's NEAREST takes them: `[n, h, w, 1]` → `[n, h', w']` int32 */
export function labelsAt(labels: Tensor, plane: { readonly height: number; readonly width: number }): Tensor {
  const small = resize(labels, plane, 'nearest-centre')
  return replace(small, asIndices(small))
}
