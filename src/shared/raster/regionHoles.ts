import { keepParts } from './connectedComponents'
import { regionBounds, RegionBuilder, type Region } from './region'

/**
 * What a region surrounds: pixels outside it from which no way over edges of pixels leads out of its bounding box. What
 * lies open at the photo's border is no hole.
 */
export function regionHoles(region: Region): Region {
  const bounds = regionBounds(region)
  if (!bounds) return region
  const { x0, y0, x1, y1 } = bounds
  const outside = new RegionBuilder()
  let next = 0
  for (let y = y0; y < y1; y++) {
    let x = x0
    for (; next < region.runs.length && region.runs[next] === y; next += 3) {
      outside.add(y, x, region.runs[next + 1]!)
      x = region.runs[next + 2]!
    }
    outside.add(y, x, x1)
  }
  return keepParts(
    outside.region(),
    false,
    ({ bounds: part }) => part.x0 > x0 && part.y0 > y0 && part.x1 < x1 && part.y1 < y1,
  )
}
