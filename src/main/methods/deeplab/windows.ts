import type { Rectangle } from '../../../shared/geometry/rectangle'
import type { Size } from '../../../shared/raster/size'

/** Windows overlap by this share of their side, at least. */
const OVERLAP = 1 / 3

/** Windows of `side` that cover an image, evenly spread, the last flush with the edge; smaller where the image is. */
export function windowsOver({ width, height }: Size, side: number): Rectangle[] {
  const across = starts(width, side)
  return starts(height, side).flatMap(y0 =>
    across.map(x0 => ({ x0, y0, x1: Math.min(x0 + side, width), y1: Math.min(y0 + side, height) })),
  )
}

function starts(size: number, side: number): number[] {
  const space = Math.max(0, size - side)
  const count = Math.ceil(space / (side * (1 - OVERLAP))) + 1
  return Array.from({ length: count }, (_, i) => (count === 1 ? 0 : Math.round((i * space) / (count - 1))))
}
