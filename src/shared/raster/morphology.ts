import { emptyRegion, movedRegion, regionBounds, RegionBuilder, type Region } from './region'
import { subtractRegion } from './regionAlgebra'
import { paddedBox } from './regionMask'
import { RegionRows } from './regionRows'
import type { Rectangle } from '../geometry/rectangle'
import type { Size } from './size'

/**
 * Morphology by a disc: a pixel is in the disc where its middle is at most `radius` px from that of the disc's own. The
 * photo's border is no edge: what lies beyond it counts as whatever leaves the border as it is. It works on runs: the
 * cost follows the region's outline, wherever in the photo its parts lie.
 */
export function dilated(region: Region, radius: number, size: Size): Region {
  return movedRegion(grown(region, radius), 0, 0, size)
}

/** The pixels whose whole disc lies in the region. */
export function eroded(region: Region, radius: number, size: Size): Region {
  const bounds = regionBounds(region)
  // A rim of what is outside, but not beyond the photo's border.
  return bounds ? shrunk(region, radius, paddedBox(bounds, 1, size)) : emptyRegion
}

/** Without what is narrower than the disc: thin arms and small islands go. */
export function opened(region: Region, radius: number, size: Size): Region {
  return dilated(eroded(region, radius, size), radius, size)
}

/**
 * With what is narrower than the disc filled: cracks, small holes and bays. Between the region and the photo's border
 * nothing is filled: the disc may grow beyond it.
 */
export function closed(region: Region, radius: number, size: Size): Region {
  const wide = grown(region, radius)
  const bounds = regionBounds(wide)
  if (!bounds) return emptyRegion
  const box = { x0: bounds.x0 - 1, y0: bounds.y0 - 1, x1: bounds.x1 + 1, y1: bounds.y1 + 1 }
  return movedRegion(shrunk(wide, radius, box), 0, 0, size)
}

/** The region grown by the disc, beyond every border: each run reaches into the rows around as far as the disc there. */
function grown(region: Region, radius: number): Region {
  const bounds = regionBounds(region)
  if (!bounds) return emptyRegion
  const rows = new RegionRows(region)
  const reach = Math.floor(radius)
  const builder = new RegionBuilder()
  for (let y = bounds.y0 - reach; y < bounds.y1 + reach; y++) {
    const found: (readonly [from: number, to: number])[] = []
    for (let other = y - reach; other <= y + reach; other++) {
      const half = Math.floor(Math.sqrt(radius * radius - (other - y) * (other - y)))
      rows.forEachRun(other, (x0, x1) => found.push([x0 - half, x1 + half]))
    }
    found.sort((a, b) => a[0] - b[0])
    addUnion(builder, y, found)
  }
  return builder.region()
}

/** Adds what any of the intervals covers. @param found ordered by where they begin */
function addUnion(builder: RegionBuilder, y: number, found: readonly (readonly [from: number, to: number])[]): void {
  let start = 0
  let end = 0
  for (const [from, to] of found) {
    if (from > end || start === end) {
      builder.add(y, start, end)
      ;[start, end] = [from, to]
    } else end = Math.max(end, to)
  }
  builder.add(y, start, end)
}

/** The region without what the disc reaches from the rest of the box; beyond the box nothing counts. */
function shrunk(region: Region, radius: number, { x0, y0, x1, y1 }: Rectangle): Region {
  const whole = new RegionBuilder()
  for (let y = y0; y < y1; y++) whole.add(y, x0, x1)
  return subtractRegion(region, grown(subtractRegion(whole.region(), region), radius))
}
