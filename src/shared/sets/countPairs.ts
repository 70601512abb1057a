import { forEachBit, type BitSet } from './bitSet'

/**
 * How many numbers each pair of sets has in common, from the sets that each number is in: with 200 sets of 100,000 photos
 * that show a few classes each, a hundredth of the work of meeting every set with every other.
 *
 * @param sets   at most 65,536
 * @param length all numbers are below it
 * @returns `[sets, sets]`, symmetric; the size of each set on the diagonal
 */
export function countPairs(sets: readonly BitSet[], length: number): number[] {
  const { starts, places } = placesPerNumber(sets, length)
  const counts = new Array<number>(sets.length ** 2).fill(0)
  for (let number = 0; number < length; number++) {
    const end = starts[number + 1]!
    for (let i = starts[number]!; i < end; i++)
      for (let j = starts[number]!; j < end; j++) counts[places[i]! * sets.length + places[j]!]!++
  }
  return counts
}

/** The sets that each number is in: `places` from `starts[number]` to `starts[number + 1]`, ascending. */
function placesPerNumber(sets: readonly BitSet[], length: number): { starts: Uint32Array; places: Uint16Array } {
  const starts = new Uint32Array(length + 1)
  for (const set of sets) forEachBit(set, number => starts[number + 1]!++)
  for (let number = 0; number < length; number++) starts[number + 1]! += starts[number]!
  const places = new Uint16Array(starts[length]!)
  const next = starts.slice()
  for (const [place, set] of sets.entries()) forEachBit(set, number => (places[next[number]!++] = place))
  return { starts, places }
}
