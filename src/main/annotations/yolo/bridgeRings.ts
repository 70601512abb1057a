import type { Ring } from '../../../shared/raster/contours'

/**
 * Several rings as one line, x and y in turn: to the nearest corner of the next ring, round it, and back the same way.
 * The way to and fro encloses nothing by the even-odd rule, so that holes stay holes and parts stay apart
 * (ultralytics#1106).
 */
export function bridgeRings([first = [], ...others]: readonly Ring[]): readonly number[] {
  /** What is gone round from a corner of the first ring, the latest first. */
  const detours = new Map<number, Ring[]>()
  for (const ring of others) {
    const { from, to } = nearestCorners(first, ring)
    const round = [...ring.slice(to), ...ring.slice(0, to), ring[to]!, ring[to + 1]!]
    detours.set(from, [[...round, first[from]!, first[from + 1]!], ...(detours.get(from) ?? [])])
  }
  const line: number[] = []
  for (let at = 0; at < first.length; at += 2) {
    line.push(first[at]!, first[at + 1]!)
    for (const detour of detours.get(at) ?? []) for (const value of detour) line.push(value)
  }
  return line
}

/** Their places, of x. */
function nearestCorners(line: Ring, ring: Ring): { readonly from: number; readonly to: number } {
  let [from, to, least] = [0, 0, Infinity]
  for (let i = 0; i < line.length; i += 2)
    for (let j = 0; j < ring.length; j += 2) {
      const distance = (ring[j]! - line[i]!) ** 2 + (ring[j + 1]! - line[i + 1]!) ** 2
      if (distance < least) [from, to, least] = [i, j, distance]
    }
  return { from, to }
}
