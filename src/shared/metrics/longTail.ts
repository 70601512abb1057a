/** Where a class stands in a long-tailed dataset. */
export type TailPart = 'head' | 'mid' | 'tail'

/**
 * How unevenly classes share the photos: 0 where all have as many, near 1 where one has nearly all.
 *
 * Gini's coefficient: G = Σᵢ (2i − n − 1)·xᵢ / (n·Σx) with x ascending and i from 1 (Gini 1912; the form of Dixon et
 * al. 1987, https://doi.org/10.2307/1939238).
 *
 * @param counts photos of each class, ≥ 0
 * @returns in [0, 1 − 1/n]; null where there is nothing to share
 */
export function giniCoefficient(counts: readonly number[]): number | null {
  const ascending = counts.toSorted((left, right) => left - right)
  const total = ascending.reduce((sum, count) => sum + count, 0)
  const n = ascending.length
  if (total === 0) return null
  return ascending.reduce((sum, count, place) => sum + (2 * (place + 1) - n - 1) * count, 0) / (n * total)
}

/**
 * Parts a dataset's classes into head, mid and tail: thirds of the classes in the order of their photos, the most
 * frequent first; what does not divide by three goes to the head, then to the middle. Thirds, because fixed counts
 * (100 and 20 photos, Liu et al. 2019, arXiv:1904.05160) fit one size of dataset only. Classes with as many photos as
 * the last of a part belong to that part, so that equals are never parted. SFC's figures and the report part otherwise:
 * `groupsByFrequency` (frequencyGroups.ts).
 *
 * @param counts photos of each class
 * @returns the part of each class, in the order of `counts`
 */
export function tailParts(counts: readonly number[]): TailPart[] {
  const descending = counts.toSorted((left, right) => right - left)
  const head = Math.ceil(counts.length / 3)
  const mid = head + Math.ceil((counts.length - head) / 2)
  const lastOfHead = descending[head - 1] ?? 0
  const lastOfMid = descending[mid - 1] ?? 0
  return counts.map(count => (count >= lastOfHead ? 'head' : count >= lastOfMid ? 'mid' : 'tail'))
}
