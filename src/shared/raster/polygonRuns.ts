import type { Size } from './size'

/** A closed line in pixels: x, y in turn, of any numbers; the last point is joined to the first. */
export type PolygonRing = ArrayLike<number>

/**
 * The pixels of a polygon, whose centres lie inside by the even-odd rule of all its rings together: a ring within a ring
 * is a hole, and lines that go to and fro enclose nothing. A centre on a left or upper edge is inside, on a right or
 * lower one outside, so that neighbours share no pixel.
 *
 * @param add told row y and columns x0 … x1 − 1, rows downwards and columns to the right
 */
export function polygonRuns(
  rings: readonly PolygonRing[],
  { width, height }: Size,
  add: (y: number, x0: number, x1: number) => void,
): void {
  const crossings = rowCrossings(rings, height)
  for (let y = 0; y < height; y++) {
    const row = crossings[y]
    if (row === undefined) continue
    row.sort((a, b) => a - b)
    for (let i = 0; i + 1 < row.length; i += 2) {
      const x0 = Math.max(0, Math.ceil(row[i]! - 0.5))
      const x1 = Math.min(width, Math.ceil(row[i + 1]! - 0.5))
      if (x1 > x0) add(y, x0, x1)
    }
  }
}

/** Where the edges cross the middle of each row, unordered. An edge holds its upper end and not its lower one. */
function rowCrossings(rings: readonly PolygonRing[], height: number): (number[] | undefined)[] {
  const rows: (number[] | undefined)[] = []
  for (const ring of rings)
    for (let i = 0; i + 1 < ring.length; i += 2) {
      const next = (i + 2) % ring.length
      // Always followed downwards: an edge gone to and fro crosses at the very same place twice.
      const [upper, lower] = ring[i + 1]! <= ring[next + 1]! ? [i, next] : [next, i]
      const [x0, y0, x1, y1] = [ring[upper]!, ring[upper + 1]!, ring[lower]!, ring[lower + 1]!]
      const last = Math.min(height, Math.ceil(y1 - 0.5))
      for (let y = Math.max(0, Math.ceil(y0 - 0.5)); y < last; y++)
        (rows[y] ??= []).push(x0 + ((y + 0.5 - y0) / (y1 - y0)) * (x1 - x0))
    }
  return rows
}
