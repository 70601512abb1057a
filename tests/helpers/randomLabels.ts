import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import type { Size } from '../../src/shared/raster/size'

/**
 * A label map of rectangles laid over each other, background and void among them, with single pixels strewn in: regions
 * with holes, islands in holes, parts that touch at a corner alone. The same for the same seed.
 */
export function randomLabels(seed: number, { width, height }: Size, classes: number): Uint8Array {
  const random = xoroshiro128plus(seed)
  const below = (limit: number) => uniformInt(random, 0, limit - 1)
  const label = () => [0, 255, ...Array.from({ length: classes }, (_, i) => i + 1)][below(classes + 2)]!
  const labels = new Uint8Array(width * height)
  for (let n = 0; n < 12; n++) {
    const value = label()
    const [left, top] = [below(width), below(height)]
    const [right, bottom] = [left + below(width - left), top + below(height - top)]
    for (let y = top; y <= bottom; y++) labels.fill(value, y * width + left, y * width + right + 1)
  }
  for (let n = 0; n < (width * height) / 8; n++) labels[below(labels.length)] = label()
  return labels
}
