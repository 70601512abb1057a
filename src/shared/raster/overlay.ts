import { WorkbenchError } from '../errors'
import { viridis } from './colourMap'
import { VOID, vocPalette } from './palette'
import { describeSize, type RgbImage } from './size'

/** How much of the colour covers the photo. */
const OPACITY = 0.6

/**
 * Scores as colours over a photo, on the fixed scale 0 … 1: a class that is absent stays dark, where stretching each
 * map to its own maximum would paint it as sure as any other.
 *
 * @param scores `[height, width]`
 */
export function overlayScores(photo: RgbImage, scores: Float32Array): RgbImage {
  checkPixels(photo, scores.length)
  const colours = viridis()
  return overlay(photo, colours, pixel => Math.round(Math.min(Math.max(scores[pixel]!, 0), 1) * 255))
}

/** Labels in VOC's colours over a photo; background shows the photo. @param labels `[height, width]` */
export function overlayLabels(photo: RgbImage, labels: Uint8Array): RgbImage {
  checkPixels(photo, labels.length)
  return overlay(photo, vocPalette(), pixel => (labels[pixel] === 0 ? undefined : (labels[pixel] ?? VOID)))
}

function overlay(photo: RgbImage, colours: Uint8Array, colourOf: (pixel: number) => number | undefined): RgbImage {
  const data = Uint8Array.from(photo.data)
  for (let pixel = 0; pixel < photo.width * photo.height; pixel++) {
    const colour = colourOf(pixel)
    if (colour === undefined) continue
    for (let channel = 0; channel < 3; channel++) {
      const at = pixel * 3 + channel
      data[at] = Math.round(data[at]! + (colours[colour * 3 + channel]! - data[at]!) * OPACITY)
    }
  }
  return { data, width: photo.width, height: photo.height }
}

function checkPixels(photo: RgbImage, pixels: number): void {
  if (pixels !== photo.width * photo.height)
    throw new WorkbenchError('SHAPE_MISMATCH', `${pixels} pixels do not cover a photo of ${describeSize(photo)}`)
}
