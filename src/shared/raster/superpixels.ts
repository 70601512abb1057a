import { WorkbenchError } from '../errors'
import { connectedSegments } from './connectedSegments'
import { labColours } from './labColours'
import { describeSize, type RgbImage, type Size } from './size'

export interface SuperpixelSettings {
  /** Pixels between the centres that superpixels begin as: S of the paper. */
  readonly spacing: number
  /** How much nearness counts beside colour: m of the paper, 1 … 40. */
  readonly compactness: number
  readonly iterations: number
}

/** A photo cut into small parts of one colour. */
export interface Superpixels extends Size {
  /** `[height * width]`: 0 … count − 1, each a connected part. */
  readonly ids: Int32Array
  readonly count: number
}

/** Values of a centre: L, a, b, x, y. */
const VALUES = 5

/**
 * SLIC superpixels: Achanta, Shaji, Smith, Lucchi, Fua & Süsstrunk, "SLIC Superpixels Compared to State-of-the-Art
 * Superpixel Methods" (TPAMI 34, 2012). K-means over colour and place, where each centre looks only at the 2S × 2S pixels
 * around it; a pixel's distance is √(d_c² + (d_s / S)² m²). Then parts that are cut off join a neighbour.
 * @param stop is called between iterations and may throw
 */
export function superpixels(
  photo: RgbImage,
  settings: SuperpixelSettings,
  stop: () => void = () => undefined,
): Superpixels {
  const { width, height } = photo
  const { spacing } = settings
  if (photo.data.length !== width * height * 3)
    throw new WorkbenchError('SHAPE_MISMATCH', `${photo.data.length} bytes are no photo of ${describeSize(photo)}`)
  if (!(spacing >= 2))
    throw new WorkbenchError('USAGE', `superpixels ${spacing} px apart are no superpixels: at least 2`)
  const lab = labColours(photo)
  const centres = firstCentres(lab, photo, spacing)
  const ids = new Int32Array(width * height).fill(-1)
  const distances = new Float32Array(width * height)
  for (let iteration = 0; iteration < settings.iterations; iteration++) {
    stop()
    assign(lab, photo, centres, settings, { ids, distances })
    moveCentres(lab, photo, centres, ids)
  }
  stop()
  return { width, height, ...connectedSegments(ids, photo, Math.max(1, Math.floor((spacing * spacing) / 4))) }
}

/** Centres on a grid, each on the pixel of the least gradient of the nine there. `[centres, 5]` */
function firstCentres(lab: Float32Array, { width, height }: Size, spacing: number): Float64Array {
  const columns = Math.max(1, Math.round(width / spacing))
  const rows = Math.max(1, Math.round(height / spacing))
  const centres = new Float64Array(columns * rows * VALUES)
  for (let i = 0; i < columns * rows; i++) {
    const column = Math.floor((((i % columns) + 0.5) * width) / columns)
    const row = Math.floor(((Math.floor(i / columns) + 0.5) * height) / rows)
    const [x, y] = calmest(lab, { width, height }, column, row)
    const pixel = y * width + x
    centres.set([lab[pixel * 3]!, lab[pixel * 3 + 1]!, lab[pixel * 3 + 2]!, x, y], i * VALUES)
  }
  return centres
}

/** Of the 3 × 3 pixels around, the one with the least change of colour across it; of equals the middle, else the first. */
function calmest(lab: Float32Array, { width, height }: Size, column: number, row: number): [x: number, y: number] {
  const change = (x: number, y: number) => {
    if (x < 1 || y < 1 || x >= width - 1 || y >= height - 1) return Infinity
    const pixel = y * width + x
    return difference(lab, pixel - 1, pixel + 1) + difference(lab, pixel - width, pixel + width)
  }
  let best: [number, number] = [column, row]
  let least = change(column, row)
  for (let y = row - 1; y <= row + 1; y++)
    for (let x = column - 1; x <= column + 1; x++) {
      const there = change(x, y)
      if (there < least) [least, best] = [there, [x, y]]
    }
  return best
}

/** Squared distance of two pixels' colours. */
function difference(lab: Float32Array, a: number, b: number): number {
  const [i, j] = [a * 3, b * 3]
  return (lab[i]! - lab[j]!) ** 2 + (lab[i + 1]! - lab[j + 1]!) ** 2 + (lab[i + 2]! - lab[j + 2]!) ** 2
}

/** Gives every pixel the nearest of the centres in whose window it is. */
function assign(
  lab: Float32Array,
  { width, height }: Size,
  centres: Float64Array,
  { spacing, compactness }: SuperpixelSettings,
  { ids, distances }: { readonly ids: Int32Array; readonly distances: Float32Array },
): void {
  distances.fill(Infinity)
  const weight = (compactness / spacing) ** 2
  for (let centre = 0; centre < centres.length / VALUES; centre++) {
    const at = centre * VALUES
    const [l, a, b] = [centres[at]!, centres[at + 1]!, centres[at + 2]!]
    const [cx, cy] = [centres[at + 3]!, centres[at + 4]!]
    const right = Math.min(width - 1, Math.floor(cx + spacing))
    const lower = Math.min(height - 1, Math.floor(cy + spacing))
    for (let y = Math.max(0, Math.ceil(cy - spacing)); y <= lower; y++) {
      const down = weight * (y - cy) * (y - cy)
      for (let x = Math.max(0, Math.ceil(cx - spacing)); x <= right; x++) {
        const pixel = y * width + x
        const i = pixel * 3
        const [dl, da, db] = [lab[i]! - l, lab[i + 1]! - a, lab[i + 2]! - b]
        const distance = dl * dl + da * da + db * db + weight * (x - cx) * (x - cx) + down
        if (distance >= distances[pixel]!) continue
        distances[pixel] = distance
        ids[pixel] = centre
      }
    }
  }
}

/** Moves each centre to the mean of its pixels; one that has lost all of them stays. */
function moveCentres(lab: Float32Array, { width }: Size, centres: Float64Array, ids: Int32Array): void {
  const sums = new Float64Array(centres.length)
  const counts = new Uint32Array(centres.length / VALUES)
  for (let pixel = 0; pixel < ids.length; pixel++) {
    const centre = ids[pixel]!
    if (centre < 0) continue
    counts[centre]!++
    const at = centre * VALUES
    for (let value = 0; value < 3; value++) sums[at + value]! += lab[pixel * 3 + value]!
    const x = pixel % width
    sums[at + 3]! += x
    sums[at + 4]! += (pixel - x) / width
  }
  for (let centre = 0; centre < counts.length; centre++)
    if (counts[centre]! > 0)
      for (let at = centre * VALUES; at < (centre + 1) * VALUES; at++) centres[at] = sums[at]! / counts[centre]!
}
