import type { Canvas } from './canvas'
import type { Cutout } from './cutout'

/** The value of pixels that are neither: VOC's name for it is void. */
export const voidLabel = 255

/** Lays a cut-out over the picture. */
export function layColours({ width, pixels }: Canvas, cutout: Cutout): void {
  for (let row = 0; row < cutout.height; row++)
    for (let column = 0; column < cutout.width; column++) {
      const from = (row * cutout.width + column) * 4
      const clear = 1 - cutout.pixels[from + 3]!
      const to = ((cutout.top + row) * width + cutout.left + column) * 3
      for (let channel = 0; channel < 3; channel++)
        pixels[to + channel] = pixels[to + channel]! * clear + cutout.pixels[from + channel]!
    }
}

/**
 * Lays a cut-out over the truth: a pixel covered by 3/4 or more takes its label (0 for scenery), one covered by 1/4 or
 * less keeps what it had, and a mixed one becomes void unless both agree. So void is one pixel wide, and the rest exact.
 *
 * @param truth `[height * width]`, 0 background, 1 … C, 255 void
 */
export function layLabel(truth: Uint8Array, width: number, cutout: Cutout, label: number): void {
  for (let row = 0; row < cutout.height; row++)
    for (let column = 0; column < cutout.width; column++) {
      const cover = cutout.pixels[(row * cutout.width + column) * 4 + 3]!
      if (cover <= 0.25) continue
      const at = (cutout.top + row) * width + cutout.left + column
      if (cover >= 0.75) truth[at] = label
      else if (truth[at] !== label) truth[at] = voidLabel
    }
}
