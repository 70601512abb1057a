import type { Rectangle } from '../geometry/rectangle'
import { RegionBuilder, type Region } from './region'
import type { Size } from './size'

/** A region as one byte a pixel, within a rectangle: for what looks at neighbours. */
export interface BoxedMask {
  readonly box: Rectangle
  /** `[height, width]` of the box, 0 or 1. */
  readonly mask: Uint8Array
}

/** @param box holds the region; what lies outside it is left away */
export function maskOfRegion({ runs }: Region, box: Rectangle): BoxedMask {
  const width = box.x1 - box.x0
  const mask = new Uint8Array(width * (box.y1 - box.y0))
  for (let i = 0; i < runs.length; i += 3) {
    const y = runs[i]!
    if (y < box.y0 || y >= box.y1) continue
    const line = (y - box.y0) * width - box.x0
    const [from, to] = [Math.max(box.x0, runs[i + 1]!), Math.min(box.x1, runs[i + 2]!)]
    if (from < to) mask.fill(1, line + from, line + to)
  }
  return { box, mask }
}

/** The pixels of the box for which `isIn` holds, by their place in the box. */
export function regionOfMask(box: Rectangle, isIn: (place: number) => boolean): Region {
  const width = box.x1 - box.x0
  const builder = new RegionBuilder()
  for (let y = box.y0; y < box.y1; y++) {
    const line = (y - box.y0) * width - box.x0
    for (let x = box.x0; x < box.x1; x++) {
      if (!isIn(line + x)) continue
      let end = x + 1
      while (end < box.x1 && isIn(line + end)) end++
      builder.add(y, x, end)
      x = end
    }
  }
  return builder.region()
}

/** A rectangle with so many pixels more on each side, as far as the photo goes. */
export function paddedBox({ x0, y0, x1, y1 }: Rectangle, by: number, { width, height }: Size): Rectangle {
  return {
    x0: Math.max(0, x0 - by),
    y0: Math.max(0, y0 - by),
    x1: Math.min(width, x1 + by),
    y1: Math.min(height, y1 + by),
  }
}
