import { linearTaps } from './bilinearRows'
import type { ScoreGrid } from './labelsFromScores'
import type { Size } from './size'

/**
 * The score of every class at one pixel of the photo, the very values that `scoresAtPhotoSize` has there.
 * @returns `[n]`, in the order of `keys`
 */
export function scoresAtPixel({ keys, maps, ...from }: ScoreGrid, photo: Size, x: number, y: number): Float32Array {
  const across = linearTaps(from.width, photo.width)
  const down = linearTaps(from.height, photo.height)
  const row = (start: number) => {
    const left = maps[start + across.near[x]!]!
    return Math.fround(left + (maps[start + across.far[x]!]! - left) * across.weight[x]!)
  }
  return Float32Array.from(keys, (_, place) => {
    const plane = place * from.width * from.height
    const upper = row(plane + down.near[y]! * from.width)
    const lower = row(plane + down.far[y]! * from.width)
    return upper + (lower - upper) * down.weight[y]!
  })
}
