import { RegionBuilder, type Region } from './region'
import type { Size } from './size'

/** A corner in pixels of the photo; the first pixel covers 0 … 1. */
export type Corner = readonly [x: number, y: number]

/**
 * The pixels inside closed polygons, by the even-odd rule: one ring in another is a hole, one across itself leaves out
 * what it surrounds twice. A pixel is inside where its middle is; of two polygons that share an edge each pixel belongs
 * to exactly one.
 * @param rings each with its corners in order; the last is joined to the first
 */
export function polygonRegion(rings: readonly (readonly Corner[])[], { width, height }: Size): Region {
  /** By row: where edges cross the line through the middles of its pixels. */
  const crossings: number[][] = []
  for (const ring of rings)
    for (let i = 0; i < ring.length; i++) {
      const [from, to] = [ring[i]!, ring[(i + 1) % ring.length]!]
      // Always downwards: an edge that is gone to and fro crosses a row at the very same place twice, and encloses nothing.
      if (from[1] < to[1]) addCrossings(crossings, from, to, height)
      else addCrossings(crossings, to, from, height)
    }
  const builder = new RegionBuilder()
  crossings.forEach((row, y) => {
    row.sort((a, b) => a - b)
    for (let i = 0; i + 1 < row.length; i += 2)
      builder.add(y, Math.max(0, firstMiddle(row[i]!)), Math.min(width, firstMiddle(row[i + 1]!)))
  })
  return builder.region()
}

function addCrossings(crossings: number[][], [x0, y0]: Corner, [x1, y1]: Corner, height: number): void {
  if (y0 === y1) return
  const top = Math.max(0, firstMiddle(y0))
  const bottom = Math.min(height, firstMiddle(y1))
  const slope = (x1 - x0) / (y1 - y0)
  for (let y = top; y < bottom; y++) (crossings[y] ??= []).push(x0 + (y + 0.5 - y0) * slope)
}

/** The first pixel whose middle is not before `at`. */
function firstMiddle(at: number): number {
  return Math.ceil(at - 0.5)
}
