import { cornersOf, type Ring } from '../../../shared/raster/contours'

type Corner = readonly [x: number, y: number]

/**
 * Several rings as one line: to the nearest corner of the next ring, round it, and back the same way. The way to and fro
 * encloses nothing by the even-odd rule, so that holes stay holes and parts stay apart (ultralytics#1106).
 */
export function bridgeRings(rings: readonly Ring[]): readonly Corner[] {
  const [first = [], ...others] = rings.map(cornersOf)
  const line: Corner[] = [...first]
  for (const ring of others) {
    const { from, to } = nearestCorners(first, ring)
    const place = line.indexOf(first[from]!)
    const round = [...ring.slice(to), ...ring.slice(0, to), ring[to]!]
    line.splice(place + 1, 0, ...round, first[from]!)
  }
  return line
}

function nearestCorners(line: readonly Corner[], ring: readonly Corner[]): { from: number; to: number } {
  let best = { from: 0, to: 0, distance: Infinity }
  for (const [from, [x0, y0]] of line.entries())
    for (const [to, [x1, y1]] of ring.entries()) {
      const distance = (x1 - x0) ** 2 + (y1 - y0) ** 2
      if (distance < best.distance) best = { from, to, distance }
    }
  return best
}
