import type { Rectangle } from '../geometry/rectangle'
import type { RgbImage, Size } from './size'

/** Pillow's fixed point: 32 bits less 8 of the pixel and 2 of head room. src/libImaging/Resample.c, `PRECISION_BITS`. */
const PRECISION_BITS = 22
const HALF = 1 << (PRECISION_BITS - 1)
/** Reach of the bicubic kernel in input pixels, before it is widened for shrinking. */
const SUPPORT = 2

/** For each output position: the first input it reads, how many, and their fixed-point weights. */
interface CubicTaps {
  readonly starts: Int32Array
  readonly counts: Int32Array
  /** `[positions, stride]` */
  readonly weights: Int32Array
  readonly stride: number
}

/** Keys' cubic kernel with a = −0.5. */
function cubic(distance: number): number {
  const x = Math.abs(distance)
  if (x < 1) return (1.5 * x - 2.5) * x * x + 1
  return x < 2 ? (((x - 5) * x + 8) * x - 4) * -0.5 : 0
}

/** Weights of output positions `first` … `last − 1`. Resample.c, `precompute_coeffs` and `normalize_coeffs_8bpc`. */
function cubicTaps(from: number, to: number, first: number, last: number): CubicTaps {
  const scale = from / to
  const widened = Math.max(scale, 1)
  const support = SUPPORT * widened
  const stride = Math.ceil(support) * 2 + 1
  const starts = new Int32Array(last - first)
  const counts = new Int32Array(last - first)
  const weights = new Int32Array((last - first) * stride)
  const exact = new Float64Array(stride)
  for (let i = first; i < last; i++) {
    const centre = (i + 0.5) * scale
    const start = Math.max(0, Math.trunc(centre - support + 0.5))
    const count = Math.min(from, Math.trunc(centre + support + 0.5)) - start
    let sum = 0
    for (let k = 0; k < count; k++) sum += exact[k] = cubic((k + start - centre + 0.5) / widened)
    for (let k = 0; k < count; k++) {
      const weight = exact[k]! * (sum === 0 ? 1 : 1 / sum) * (1 << PRECISION_BITS)
      weights[(i - first) * stride + k] = Math.trunc(weight < 0 ? weight - 0.5 : weight + 0.5)
    }
    starts[i - first] = start
    counts[i - first] = count
  }
  return { starts, counts, weights, stride }
}

/** Resizes rows `firstRow` … `lastRow − 1` in width: `[rows, positions, 3]`. */
function resizeAcross({ data, width }: RgbImage, taps: CubicTaps, firstRow: number, lastRow: number): Uint8Array {
  const { starts, counts, weights, stride } = taps
  const positions = starts.length
  // Clamped memory holds sums below 0 and above 255 as Pillow's clip8 does.
  const out = new Uint8ClampedArray((lastRow - firstRow) * positions * 3)
  let at = 0
  for (let y = firstRow; y < lastRow; y++)
    for (let x = 0; x < positions; x++) {
      let red = HALF
      let green = HALF
      let blue = HALF
      let source = (y * width + starts[x]!) * 3
      const end = x * stride + counts[x]!
      for (let tap = x * stride; tap < end; tap++, source += 3) {
        const weight = weights[tap]!
        red = (red + Math.imul(data[source]!, weight)) | 0
        green = (green + Math.imul(data[source + 1]!, weight)) | 0
        blue = (blue + Math.imul(data[source + 2]!, weight)) | 0
      }
      out[at] = red >> PRECISION_BITS
      out[at + 1] = green >> PRECISION_BITS
      out[at + 2] = blue >> PRECISION_BITS
      at += 3
    }
  return new Uint8Array(out.buffer)
}

/** Resizes in height, whole rows at a time. @param rows `[…, rowLength]`, the first being input row `firstRow` */
function resizeDown(rows: Uint8Array, rowLength: number, taps: CubicTaps, firstRow: number): Uint8Array {
  const { starts, counts, weights, stride } = taps
  const out = new Uint8ClampedArray(starts.length * rowLength)
  const sums = new Int32Array(rowLength)
  for (let y = 0; y < starts.length; y++) {
    sums.fill(HALF)
    for (let k = 0; k < counts[y]!; k += 2) {
      const first = (starts[y]! - firstRow + k) * rowLength
      const pair = k + 1 < counts[y]!
      addRows(
        sums,
        rows,
        first,
        weights[y * stride + k]!,
        pair ? first + rowLength : first,
        pair ? weights[y * stride + k + 1]! : 0,
      )
    }
    for (let i = 0; i < rowLength; i++) out[y * rowLength + i] = sums[i]! >> PRECISION_BITS
  }
  return new Uint8Array(out.buffer)
}

/** Adds two weighted rows at once: half the traffic of one at a time. */
function addRows(
  sums: Int32Array,
  rows: Uint8Array,
  first: number,
  firstWeight: number,
  second: number,
  secondWeight: number,
): void {
  for (let i = 0; i < sums.length; i++)
    sums[i] = (sums[i]! + Math.imul(rows[first + i]!, firstWeight) + Math.imul(rows[second + i]!, secondWeight)) | 0
}

/**
 * Bicubic resize with antialias, equal to Pillow's `resize(BICUBIC)` on RGB to the last bit: across first, then down,
 * rounded to 8 bits in between (Resample.c, `ImagingResampleInner`). Pillow 13 goes down first for tall narrow photos;
 * the papers' code ran on earlier versions, which never do, and so do we.
 *
 * @param window the part of the result that is wanted; the whole when left out
 */
export function pillowBicubic(image: RgbImage, to: Size, window?: Rectangle): RgbImage {
  const { x0, y0, x1, y1 } = window ?? { x0: 0, y0: 0, x1: to.width, y1: to.height }
  const across = cubicTaps(image.width, to.width, x0, x1)
  const down = cubicTaps(image.height, to.height, y0, y1)
  const rows = y1 - y0
  const firstRow = down.starts[0] ?? 0
  const lastRow = rows === 0 ? 0 : down.starts[rows - 1]! + down.counts[rows - 1]!
  const stretched = resizeAcross(image, across, firstRow, lastRow)
  return { data: resizeDown(stretched, (x1 - x0) * 3, down, firstRow), width: x1 - x0, height: rows }
}
