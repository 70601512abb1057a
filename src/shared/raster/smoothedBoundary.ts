import { dilated, eroded } from './morphology'
import { filterRegion, type Region } from './region'
import { subtractRegion, uniteRegions } from './regionAlgebra'
import { RegionRows } from './regionRows'
import type { Size } from './size'

/**
 * Smooths a region's outline by the majority in a disc: a pixel is in where more than half of the pixels at most
 * `radius` px around it are, out where less than half are, and stays as it is at exactly half. One step of threshold
 * dynamics, which moves the outline by its curvature (Merriman, Bence & Osher, 1992): straight edges stay, spikes and
 * steps of upscaled maps go. Beyond the photo's border nothing counts.
 */
export function smoothedBoundary(region: Region, radius: number, size: Size): Region {
  const rows = new RegionRows(region)
  const reach = Math.floor(radius)
  const halves = Int32Array.from({ length: reach + 1 }, (_, dy) => Math.floor(Math.sqrt(radius * radius - dy * dy)))
  const isIn = (x: number, y: number) => {
    let inside = 0
    let counted = 0
    const last = Math.min(size.height - 1, y + reach)
    for (let row = Math.max(0, y - reach); row <= last; row++) {
      const half = halves[Math.abs(row - y)]!
      const [from, to] = [Math.max(0, x - half), Math.min(size.width, x + half + 1)]
      inside += rows.count(row, from, to)
      counted += to - from
    }
    return 2 * inside === counted ? rows.has(x, y) : 2 * inside > counted
  }
  // Pixels whose whole disc is in stay in, and those whose disc is out stay out: only the band between can change.
  const sure = eroded(region, radius, size)
  const band = subtractRegion(dilated(region, radius, size), sure)
  return uniteRegions(sure, filterRegion(band, isIn))
}
