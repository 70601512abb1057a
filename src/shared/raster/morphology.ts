import { emptyRegion, movedRegion, regionBounds, type Region } from './region'
import { maskOfRegion, paddedBox, regionOfMask } from './regionMask'
import type { Size } from './size'
import { squaredDistances } from './squaredDistances'

/**
 * Morphology by a disc: a pixel is in the disc where its middle is at most `radius` px from that of the disc's own. The
 * photo's border is no edge: what lies beyond it counts as whatever leaves the border as it is.
 */
export function dilated(region: Region, radius: number, size: Size): Region {
  const bounds = regionBounds(region)
  if (!bounds) return emptyRegion
  const { mask, box } = maskOfRegion(region, paddedBox(bounds, Math.floor(radius), size))
  const distances = squaredDistances(mask, box.x1 - box.x0, box.y1 - box.y0)
  return regionOfMask(box, place => distances[place]! <= radius * radius)
}

/** The pixels whose whole disc lies in the region. */
export function eroded(region: Region, radius: number, size: Size): Region {
  const bounds = regionBounds(region)
  if (!bounds) return emptyRegion
  // A rim of what is outside: a box that ends with the region would pass for the photo's border.
  const { mask, box } = maskOfRegion(region, paddedBox(bounds, 1, size))
  const outside = mask.map(set => 1 - set)
  const distances = squaredDistances(outside, box.x1 - box.x0, box.y1 - box.y0)
  return regionOfMask(box, place => distances[place]! > radius * radius)
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
  const bounds = regionBounds(region)
  if (!bounds) return emptyRegion
  const by = Math.floor(radius) + 1
  const wide = { x0: bounds.x0 - by, y0: bounds.y0 - by, x1: bounds.x1 + by, y1: bounds.y1 + by }
  const { mask, box } = maskOfRegion(region, wide)
  const [width, height] = [box.x1 - box.x0, box.y1 - box.y0]
  const toRegion = squaredDistances(mask, width, height)
  const outside = mask.map((_, place) => (toRegion[place]! > radius * radius ? 1 : 0))
  const toOutside = squaredDistances(outside, width, height)
  const grown = regionOfMask(box, place => toOutside[place]! > radius * radius)
  return movedRegion(grown, 0, 0, size)
}
