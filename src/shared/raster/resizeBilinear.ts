import { bilinearRows } from './bilinearRows'
import type { Size } from './size'

/**
 * Bilinear resize with half-pixel centres, without antialias: torch's `interpolate(mode='bilinear')`.
 *
 * @param planes `[channels, from.height, from.width]`
 * @returns      `[channels, to.height, to.width]`
 */
export function resizeBilinear(planes: Float32Array, channels: number, from: Size, to: Size): Float32Array {
  const out = new Float32Array(channels * to.height * to.width)
  bilinearRows(planes, channels, from, to, (y, rows) => {
    for (let channel = 0; channel < channels; channel++)
      out.set(rows.subarray(channel * to.width, (channel + 1) * to.width), (channel * to.height + y) * to.width)
  })
  return out
}
