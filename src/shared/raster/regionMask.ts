import type { Rectangle } from '../geometry/rectangle'
import type { LabelArray } from './labelTiles'
import { RegionBuilder, type Region } from './region'
import type { Size } from './size'

/**
 * The pixels of the box for which `isIn` holds, by their place in the box.
 * @param within only these are asked about; left out: the box
 */
export function regionOfMask(box: Rectangle, isIn: (place: number) => boolean, within: Rectangle = box): Region {
  const width = box.x1 - box.x0
  const builder = new RegionBuilder()
  const [x0, x1] = [Math.max(box.x0, within.x0), Math.min(box.x1, within.x1)]
  const [y0, y1] = [Math.max(box.y0, within.y0), Math.min(box.y1, within.y1)]
  for (let y = y0; y < y1; y++) {
    const line = (y - box.y0) * width - box.x0
    for (let x = x0; x < x1; x++) {
      if (!isIn(line + x)) continue
      let end = x + 1
      while (end < x1 && isIn(line + end)) end++
      builder.add(y, x, end)
      x = end
    }
  }
  return builder.region()
}

/** All pixels of one label. @param labels `[height * width]` */
export function regionOfLabel(labels: LabelArray, { width }: Size, label: number): Region {
  const builder = new RegionBuilder()
  for (let at = labels.indexOf(label); at >= 0;) {
    const y = Math.floor(at / width)
    const rowEnd = (y + 1) * width
    let end = at + 1
    while (end < rowEnd && labels[end] === label) end++
    builder.add(y, at - y * width, end - y * width)
    at = labels.indexOf(label, end)
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
