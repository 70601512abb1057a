import { blur } from './canvas'
import type { Canvas } from './canvas'
import { clamp } from './colour'
import { cellValue } from './noise'
import type { Random } from './random'

/**
 * What the camera does to a finished picture: exposure, a cast, contrast, a darker rim, softness, and the grain of the
 * sensor. Drawn for each photo, so that no two are alike.
 *
 * @returns `[height, width, 3]`, sRGB bytes
 */
export function develop(canvas: Canvas, random: Random, seed: number): Uint8Array {
  if (canvas.width >= 300 && random.chance(0.25)) blur(canvas, 1)
  const { width, height, pixels } = canvas
  const exposure = random.between(0.92, 1.2)
  const warmth = random.between(-0.09, 0.09)
  const contrast = random.between(0.92, 1.18)
  const rim = random.between(0, 0.36)
  const grain = random.between(0.004, 0.024)
  const gains = [exposure * (1 + warmth), exposure, exposure * (1 - warmth)]
  const bytes = new Uint8Array(pixels.length)
  for (let at = 0; at < pixels.length; at += 3) {
    const x = ((at / 3) % width) / width - 0.5
    const y = Math.floor(at / 3 / width) / height - 0.5
    const shade = 1 - rim * 2 * (x * x + y * y)
    const luminance = (cellValue(at, 0, seed) + cellValue(at, 1, seed) + cellValue(at, 2, seed) - 1.5) * 2 * grain
    for (let channel = 0; channel < 3; channel++) {
      const value = (pixels[at + channel]! * gains[channel]! * shade - 0.5) * contrast + 0.5
      const noise = luminance + (cellValue(at, 3 + channel, seed) - 0.5) * grain
      bytes[at + channel] = Math.round(255 * clamp(value + noise))
    }
  }
  return bytes
}
