import { WorkbenchError } from '../errors'
import { bilinearRows } from './bilinearRows'
import { resizeBilinear } from './resizeBilinear'
import type { Size } from './size'

/** Score maps of one photo at their own resolution. */
export interface ScoreGrid extends Size {
  /** `[n]` class indices 0 … C − 1; n may be 0. */
  readonly keys: Int32Array
  /** `[n, height, width]` */
  readonly maps: Float32Array
}

/** The winning class of every pixel of the photo. */
export interface BestScores {
  /** `[photo.height · photo.width]`; 0 without any map. */
  readonly scores: Float32Array
  /** Place of the winner in `keys`; the first of equals. */
  readonly places: Uint8Array
}

/** Class index + 1 must fit beside background 0 and void 255. */
const LARGEST_KEY = 253

/** The maps with NaN read as 0, copied only where there is one. */
export function withoutNan(maps: Float32Array): { readonly maps: Float32Array; readonly nan: number } {
  let nan = 0
  for (let i = 0; i < maps.length; i++) if (Number.isNaN(maps[i])) nan++
  return { maps: nan === 0 ? maps : maps.map(score => (Number.isNaN(score) ? 0 : score)), nan }
}

/** The maps, checked against their keys and size, with NaN read as 0. */
export function cleanMaps({ keys, maps, width, height }: ScoreGrid): Float32Array {
  if (maps.length !== keys.length * height * width)
    throw new WorkbenchError(
      'SHAPE_MISMATCH',
      `${keys.length} score maps of ${width}×${height} need ${keys.length * height * width} values, not ${maps.length}`,
    )
  for (const key of keys)
    if (key < 0 || key > LARGEST_KEY)
      throw new WorkbenchError('UNSUPPORTED', `class index ${key} does not fit a label map (0 … ${LARGEST_KEY})`)
  return withoutNan(maps).maps
}

/** The maps at the photo's size, `[n, photo.height, photo.width]`: a direct bilinear resize with half-pixel centres. */
export function scoresAtPhotoSize(grid: ScoreGrid, photo: Size): Float32Array {
  return resizeBilinear(cleanMaps(grid), grid.keys.length, grid, photo)
}

/**
 * The label map of stored scores: a pixel is foreground where its largest score is above `threshold`, strictly, and
 * takes the first class that reaches it. This is argmax over [threshold, maps] with ties to the background.
 *
 * @returns `[photo.height · photo.width]`: 0 background, else class index + 1
 */
export function labelsFromScores(grid: ScoreGrid, photo: Size, threshold: number): Uint8Array {
  const { scores, places } = scoreArgmax(grid, photo)
  const labelOf = Uint8Array.from(grid.keys, key => key + 1)
  const labels = places
  if (labelOf.length === 0) return labels
  for (let i = 0; i < labels.length; i++) labels[i] = scores[i]! > threshold ? labelOf[places[i]!]! : 0
  return labels
}

/** The largest score of every pixel and whose it is, at the photo's size, for masks and for sweeps alike. */
export function scoreArgmax(grid: ScoreGrid, photo: Size): BestScores {
  const maps = cleanMaps(grid)
  const channels = grid.keys.length
  const scores = new Float32Array(photo.height * photo.width)
  const places = new Uint8Array(scores.length)
  if (channels === 0) return { scores, places }
  bilinearRows(maps, channels, grid, photo, (y, rows) => {
    const start = y * photo.width
    scores.set(rows.subarray(0, photo.width), start)
    for (let channel = 1; channel < channels; channel++)
      keepLarger(rows, channel, scores.subarray(start, start + photo.width), places, start)
  })
  return { scores, places }
}

/** Lets `channel` take the pixels of one row where it is strictly larger than all before it. */
function keepLarger(rows: Float32Array, channel: number, best: Float32Array, places: Uint8Array, start: number): void {
  const width = best.length
  for (let x = 0; x < width; x++) {
    const score = rows[channel * width + x]!
    if (score > best[x]!) {
      best[x] = score
      places[start + x] = channel
    }
  }
}
