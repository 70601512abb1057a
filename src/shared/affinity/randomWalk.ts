import type { Transition } from './transition'

/**
 * scores · T^steps, by so many sparse products: exact to the power of the full matrix but for rounding, in memory that
 * grows with the map and not with its square.
 *
 * @param scores `[count, height, width]`
 * @returns      the same shape; each value is a weighted mean of its map's
 */
export function randomWalk(scores: Float32Array, count: number, transition: Transition, steps: number): Float32Array {
  const { width, height } = transition
  const out = new Float32Array(scores.length)
  const cells = width * height
  for (let start = 0; start < count * cells; start += cells)
    out.set(walkPlane(scores.subarray(start, start + cells), transition, steps), start)
  return out
}

function walkPlane(scores: Float32Array, transition: Transition, steps: number): Float32Array {
  const { width, height, reach } = transition
  const stride = width + 2 * reach
  let from = new Float32Array(stride * (height + 2 * reach))
  let to = new Float32Array(from.length)
  const rowStart = (y: number) => (y + reach) * stride + reach
  for (let y = 0; y < height; y++) from.set(scores.subarray(y * width, (y + 1) * width), rowStart(y))
  for (let step = 0; step < steps; step++) {
    for (let y = 0; y < height; y++) stepRow(from, to, transition, y * width, rowStart(y))
    ;[from, to] = [to, from]
  }
  const out = new Float32Array(scores.length)
  for (let y = 0; y < height; y++) out.set(from.subarray(rowStart(y), rowStart(y) + width), y * width)
  return out
}

/** One step of the cells of one row. @param cell the row's first, in the map; @param place the same with the margin */
function stepRow(from: Float32Array, to: Float32Array, transition: Transition, cell: number, place: number): void {
  const { width, offsets, weights, kept } = transition
  const neighbours = offsets.length
  let weight = cell * neighbours
  for (let x = 0; x < width; x++) {
    const at = place + x
    let sum = kept[cell + x]! * from[at]!
    for (let i = 0; i < neighbours; i++) sum += weights[weight++]! * from[at + offsets[i]!]!
    to[at] = sum
  }
}
