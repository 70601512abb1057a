import type { Size } from './size'

/** Each output position lies between two inputs: `near + (far − near) · weight`. */
export interface LinearTaps {
  readonly near: Int32Array
  readonly far: Int32Array
  readonly weight: Float64Array
}

/** Half-pixel centres, no antialias, clamped at the edges: torch's `align_corners=False`. */
export function linearTaps(from: number, to: number): LinearTaps {
  const near = new Int32Array(to)
  const far = new Int32Array(to)
  const weight = new Float64Array(to)
  for (let i = 0; i < to; i++) {
    const source = Math.max(0, ((i + 0.5) * from) / to - 0.5)
    near[i] = Math.min(Math.floor(source), from - 1)
    far[i] = Math.min(near[i]! + 1, from - 1)
    weight[i] = source - near[i]!
  }
  return { near, far, weight }
}

/** One source row of every plane, stretched to the output's width: `[channels, width]`. */
function stretchRow(planes: Float32Array, from: Size, y: number, taps: LinearTaps, out: Float32Array): void {
  const { near, far, weight } = taps
  const width = near.length
  const plane = from.width * from.height
  for (let start = 0, source = y * from.width; start < out.length; start += width, source += plane)
    for (let x = 0; x < width; x++) {
      const left = planes[source + near[x]!]!
      out[start + x] = left + (planes[source + far[x]!]! - left) * weight[x]!
    }
}

/** Between two rows: `upper + (lower − upper) · weight`. */
function mixRows(upper: Float32Array, lower: Float32Array, weight: number, out: Float32Array): void {
  for (let i = 0; i < out.length; i++) {
    const above = upper[i]!
    out[i] = above + (lower[i]! - above) * weight
  }
}

/**
 * Resizes planes bilinearly and hands over one output row at a time, so that no full-size copy is ever needed.
 * Every figure, mask and picture made from score maps goes through here: no two paths can round differently.
 *
 * @param planes `[channels, from.height, from.width]`
 * @param visit  gets `rows`, `[channels, to.width]`, float32, valid only during the call
 */
export function bilinearRows(
  planes: Float32Array,
  channels: number,
  from: Size,
  to: Size,
  visit: (y: number, rows: Float32Array) => void,
): void {
  const across = linearTaps(from.width, to.width)
  const down = linearTaps(from.height, to.height)
  const rows = new Float32Array(channels * to.width)
  let upper = new Float32Array(rows.length)
  let lower = new Float32Array(rows.length)
  let upperY = -1
  let lowerY = -1
  for (let y = 0; y < to.height; y++) {
    const near = down.near[y]!
    const far = down.far[y]!
    const weight = down.weight[y]!
    if (upperY !== near && lowerY === near) {
      ;[upper, lower] = [lower, upper]
      ;[upperY, lowerY] = [lowerY, upperY]
    }
    if (upperY !== near) stretchRow(planes, from, (upperY = near), across, upper)
    if (lowerY !== far) stretchRow(planes, from, (lowerY = far), across, lower)
    mixRows(upper, lower, weight, rows)
    visit(y, rows)
  }
}
