import { labelsFromProbabilities } from '../raster/labelsFromProbabilities'
import type { RgbImage, Size } from '../raster/size'
import type { CrfSettings } from './crfSettings'
import { denseCrf } from './denseCrf'

/**
 * The likeliest label of each pixel of a photo after a dense CRF, `[photo.height · photo.width]`: 0 … labels − 1.
 *
 * @param image   the photo, or the photo made smaller: the field is worked at its size
 * @param unary   `[labels, image.height, image.width]`: −ln of each label's probability
 * @param between called before every update; what it throws ends the inference
 */
export function placesThroughField(
  image: RgbImage,
  unary: Float32Array,
  labels: number,
  photo: Size,
  settings: CrfSettings,
  between: () => void = () => undefined,
): Uint8Array {
  const planes = denseCrf(image, unary, labels, settings, between)
  const { width, height } = image
  return labelsFromProbabilities({ labels, planes, width, height }, photo)
}
