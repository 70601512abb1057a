import { emptyRegion, regionBounds, type Region } from './region'
import { maskOfRegion, paddedBox, regionOfMask } from './regionMask'
import type { Size } from './size'

/**
 * Smooths a region's outline by the majority in a disc: a pixel is in where more than half of the pixels at most
 * `radius` px around it are, out where less than half are, and stays as it is at exactly half. One step of threshold
 * dynamics, which moves the outline by its curvature (Merriman, Bence & Osher, 1992): straight edges stay, spikes and
 * steps of upscaled maps go. Beyond the photo's border nothing counts.
 */
export function smoothedBoundary(region: Region, radius: number, size: Size): Region {
  const bounds = regionBounds(region)
  if (!bounds) return emptyRegion
  const { mask, box } = maskOfRegion(region, paddedBox(bounds, Math.floor(radius), size))
  const [width, height] = [box.x1 - box.x0, box.y1 - box.y0]
  const sums = rowSums(mask, width, height)
  const reach = Math.floor(radius)
  const halves = Int32Array.from({ length: reach + 1 }, (_, dy) => Math.floor(Math.sqrt(radius * radius - dy * dy)))
  const isIn = (place: number) => {
    const x = place % width
    const y = (place - x) / width
    let inside = 0
    let counted = 0
    for (let dy = -reach; dy <= reach; dy++) {
      const half = halves[Math.abs(dy)]!
      if (y + dy >= 0 && y + dy < height) {
        const line = (y + dy) * (width + 1)
        inside += sums[line + Math.min(width, x + half + 1)]! - sums[line + Math.max(0, x - half)]!
      }
      // Of the disc, what lies in the photo: pixels beyond the box are outside the region, those beyond the photo nowhere.
      const row = box.y0 + y + dy
      if (row >= 0 && row < size.height)
        counted += Math.min(size.width, box.x0 + x + half + 1) - Math.max(0, box.x0 + x - half)
    }
    return 2 * inside === counted ? mask[place] === 1 : 2 * inside > counted
  }
  return regionOfMask(box, isIn)
}

/** `[height, width + 1]`: how many pixels of a row are set before each column. */
function rowSums(mask: Uint8Array, width: number, height: number): Uint32Array {
  const sums = new Uint32Array(height * (width + 1))
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) sums[y * (width + 1) + x + 1] = sums[y * (width + 1) + x]! + mask[y * width + x]!
  return sums
}
