import { differences, type DifferenceKind } from '../../../shared/raster/maskDifference'
import { VOID } from '../../../shared/raster/palette'
import { classColour } from './classColour'

/** Blue for what is won, orange for what is lost: told apart with any sight of colours. */
export const differenceColours: Readonly<Record<DifferenceKind, string>> = {
  right: 'transparent',
  void: 'rgba(128, 128, 128, 0.35)',
  missed: '#b58cff',
  extra: '#ffd166',
  gained: '#3d9bff',
  lost: '#ff7a33',
}

let pen: OffscreenCanvasRenderingContext2D | undefined

/** Red, green, blue and opacity, 0 … 255, of any colour that styles know. */
function pixelOf(colour: string): Uint8ClampedArray {
  pen ??= new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })!
  pen.clearRect(0, 0, 1, 1)
  pen.fillStyle = colour
  pen.fillRect(0, 0, 1, 1)
  return pen.getImageData(0, 0, 1, 1).data
}

/**
 * `[256, 4]` red, green, blue, opacity of each label: classes in their colours, background clear, void grey.
 * @param only the label that is looked at: the others step back
 */
export function labelPixels(only: number | undefined): Uint8ClampedArray {
  const pixels = new Uint8ClampedArray(256 * 4)
  for (let label = 1; label < VOID; label++) {
    pixels.set(pixelOf(classColour(label - 1)), label * 4)
    pixels[label * 4 + 3] = only === undefined || only === label ? 200 : 50
  }
  pixels.set([128, 128, 128, 90], VOID * 4)
  return pixels
}

/** The same for kinds of difference. */
export function differencePixels(): Uint8ClampedArray {
  const pixels = new Uint8ClampedArray(256 * 4)
  for (const [place, kind] of differences.entries()) pixels.set(pixelOf(differenceColours[kind]), place * 4)
  return pixels
}
