import type { CoOccurrence } from '../../../../shared/contract/datasetStats'

export interface ClassPair {
  readonly first: number
  readonly second: number
  /** Photos that show both. */
  readonly photos: number
  /** Of the photos of the rarer class, in (0, 1]. */
  readonly share: number
  /** The rarer one: `share` is of it. */
  readonly rarer: number
}

export function photosOfPair({ classes, photos }: CoOccurrence, first: number, second: number): number {
  return photos[first * classes + second] ?? 0
}

/** Share of the row's photos that show the column too, in [0, 1]; null where the row has no photos. */
export function conditionalShare(pairs: CoOccurrence, row: number, column: number): number | null {
  const own = photosOfPair(pairs, row, row)
  return own === 0 ? null : photosOfPair(pairs, row, column) / own
}

/** The pairs that are most often together: by share of the rarer class, of those seen in a few photos at least. */
export function strongestPairs(pairs: CoOccurrence, most: number, fewest = 3): ClassPair[] {
  const found: ClassPair[] = []
  for (let first = 0; first < pairs.classes; first++)
    for (let second = first + 1; second < pairs.classes; second++) {
      const photos = photosOfPair(pairs, first, second)
      if (photos < fewest) continue
      const rarer = photosOfPair(pairs, first, first) < photosOfPair(pairs, second, second) ? first : second
      found.push({ first, second, photos, share: photos / photosOfPair(pairs, rarer, rarer), rarer })
    }
  return found.sort((left, right) => right.share - left.share || right.photos - left.photos).slice(0, most)
}

/** Places of the classes in the order of their photos, the most frequent first. */
export function byFrequency(pairs: CoOccurrence): number[] {
  const places = Array.from({ length: pairs.classes }, (_, place) => place)
  return places.sort((left, right) => photosOfPair(pairs, right, right) - photosOfPair(pairs, left, left))
}
