import type { Tensor } from '@tensorflow/tfjs'
import type { RgbImage, Size } from '../../../shared/raster/size'
import { normaliseImages } from '../../backbones/network'
import { currentEngine } from '../../engine/current'
import { uploadUint8 } from '../../engine/transfer'
import { evaluation } from '../../nn/layer'
import { resize } from '../../nn/layers/resize'
import { pad } from '../../nn/ops'
import { planeOf, replace } from '../../nn/tensors'
import type { SegmentationNetwork } from './network/segmentationNetwork'
import type { DeeplabOptions } from './options'
import { windowsOver } from './windows'

export type InferenceOptions = Pick<DeeplabOptions, 'mirrored' | 'window' | 'crop'>

/**
 * Logits of one photo at one size, the mean of the photo's and its mirror image's, at that size.
 * @returns `[1, height, width, labels]`, owned by the caller
 */
export function logitsOf(network: SegmentationNetwork, photo: RgbImage, options: InferenceOptions): Tensor {
  const { tf } = currentEngine()
  const raw = uploadUint8(photo.data, [1, photo.height, photo.width, 3])
  const image = replace(raw, normaliseImages(raw, network.architecture))
  const both = options.mirrored ? tf.tidy(() => tf.concat([image, image.reverse(2)])) : image
  if (both !== image) image.dispose()
  const logits = options.window === 'sliding' ? slide(network, both, options.crop) : wholeLogits(network, both)
  if (!options.mirrored) return logits
  const merged = tf.tidy(() => {
    const [straight, mirrored] = tf.split(logits, 2, 0) as [Tensor, Tensor]
    return straight.add(mirrored.reverse(2)).div(2)
  })
  return replace(logits, merged)
}

/**
 * One pass over whole images. They are padded right and below with the mean colour to a whole number of steps, and the
 * logits cut again, so that the cells of the coarse grid lie where they lay in training.
 * @param images `[n, h, w, 3]`, normalised; taken over
 * @returns `[n, h, w, labels]`
 */
function wholeLogits(network: SegmentationNetwork, images: Tensor): Tensor {
  const { height, width } = planeOf(images)
  const { stride } = network.architecture
  const filled = { height: Math.ceil(height / stride) * stride, width: Math.ceil(width / stride) * stride }
  const input = padTo(images, filled)
  const coarse = network.forward(input, evaluation)
  const fine = replace(coarse, resize(coarse, filled, 'bilinear-half-pixel'))
  return replace(fine, fine.slice([0, 0, 0, 0], [-1, height, width, -1]))
}

/** Windows of `side` pixels, each pixel's logits the mean over the windows that hold it. @param images taken over */
function slide(network: SegmentationNetwork, images: Tensor, side: number): Tensor {
  const { tf } = currentEngine()
  const size: Size = planeOf(images)
  let sum = tf.zeros([images.shape[0]!, size.height, size.width, network.labels]) as Tensor
  let count = tf.zeros([1, size.height, size.width, 1]) as Tensor
  for (const { x0, y0, x1, y1 } of windowsOver(size, side)) {
    const part = images.slice([0, y0, x0, 0], [-1, y1 - y0, x1 - x0, -1])
    const logits = wholeLogits(network, padTo(part, { height: side, width: side }))
    const margins = [
      [0, 0],
      [y0, size.height - y1],
      [x0, size.width - x1],
      [0, 0],
    ] as const
    const [nextSum, nextCount] = tf.tidy(() => {
      const inside = logits.slice([0, 0, 0, 0], [-1, y1 - y0, x1 - x0, -1])
      const ones = tf.ones([1, y1 - y0, x1 - x0, 1])
      return [tf.keep(sum.add(pad(inside, margins))), tf.keep(count.add(pad(ones, margins)))]
    })
    logits.dispose()
    sum = replace(sum, nextSum)
    count = replace(count, nextCount)
  }
  images.dispose()
  const mean = sum.div(count)
  count.dispose()
  return replace(sum, mean)
}

/** Zeros, the mean colour, right and below; @param images taken over */
function padTo(images: Tensor, { height, width }: { readonly height: number; readonly width: number }): Tensor {
  const plane = planeOf(images)
  const below = Math.max(0, height - plane.height)
  const right = Math.max(0, width - plane.width)
  if (below + right === 0) return images
  return replace(
    images,
    pad(images, [
      [0, 0],
      [0, below],
      [0, right],
      [0, 0],
    ]),
  )
}
