import { bilinearRows } from './bilinearRows'
import { cleanMaps, type BestScores, type ScoreGrid } from './labelsFromScores'
import type { Size } from './size'

/** The winning class of every pixel of the photo, and how high the next one stands. */
export interface RankedScores extends BestScores {
  /** `[photo.height · photo.width]`, at most the winner's; 0 with fewer than two maps. */
  readonly seconds: Float32Array
  /** Place of the second in `keys`; 0 with fewer than two maps. */
  readonly secondPlaces: Uint8Array
}

/** As `scoreArgmax`, with the second largest score of every pixel, at least 0. */
export function rankScores(grid: ScoreGrid, photo: Size): RankedScores {
  const maps = cleanMaps(grid)
  const channels = grid.keys.length
  const scores = new Float32Array(photo.height * photo.width)
  const seconds = new Float32Array(scores.length)
  const places = new Uint8Array(scores.length)
  const secondPlaces = new Uint8Array(scores.length)
  const ranked = { scores, seconds, places, secondPlaces }
  if (channels === 0) return ranked
  bilinearRows(maps, channels, grid, photo, (y, rows) => {
    const start = y * photo.width
    scores.set(rows.subarray(0, photo.width), start)
    for (let channel = 1; channel < channels; channel++) {
      const row = rows.subarray(channel * photo.width, (channel + 1) * photo.width)
      rankRow(row, channel, start, ranked)
    }
  })
  return ranked
}

/** Lets one map's row take first and second places where it is strictly larger than what holds them. */
function rankRow(
  row: Float32Array,
  channel: number,
  start: number,
  { scores, seconds, places, secondPlaces }: RankedScores,
): void {
  for (let x = 0; x < row.length; x++) {
    const score = row[x]!
    const pixel = start + x
    if (score > scores[pixel]!) {
      seconds[pixel] = scores[pixel]!
      secondPlaces[pixel] = places[pixel]!
      scores[pixel] = score
      places[pixel] = channel
    } else if (score > seconds[pixel]!) {
      seconds[pixel] = score
      secondPlaces[pixel] = channel
    }
  }
}
