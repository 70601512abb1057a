import { forEachBit, type BitSet } from './bitSet'

/**
 * How many numbers each pair of sets has in common, from the sets that each number is in: with 200 sets of 100,000 photos
 * that show a few classes each, a hundredth of the work of meeting every set with every other.
 *
 * @param length all numbers are below it
 * @returns `[sets, sets]`, symmetric; the size of each set on the diagonal
 */
export function countPairs(sets: readonly BitSet[], length: number): number[] {
  const placesOf = Array.from({ length }, (): number[] => [])
  for (const [place, set] of sets.entries()) forEachBit(set, number => placesOf[number]!.push(place))
  const counts = new Array<number>(sets.length ** 2).fill(0)
  for (const places of placesOf)
    for (const first of places) for (const second of places) counts[first * sets.length + second]!++
  return counts
}
