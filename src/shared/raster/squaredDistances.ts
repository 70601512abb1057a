import { WorkbenchError } from '../errors'

/** Further than any pixel, and still exact in sums of squares. */
const FAR = 1e20

/**
 * The squared distance of each pixel's middle to that of the nearest set one, exactly: Felzenszwalb & Huttenlocher,
 * "Distance Transforms of Sampled Functions" (Theory of Computing 8, 2012), one pass over columns and one over rows.
 * @param mask `[height, width]`, set where not 0 @returns `[height, width]`; 1e20 everywhere where none is set
 */
export function squaredDistances(mask: Uint8Array, width: number, height: number): Float64Array {
  if (mask.length !== width * height)
    throw new WorkbenchError('SHAPE_MISMATCH', `${mask.length} values are no mask of ${width}×${height}`)
  const distances = Float64Array.from(mask, set => (set === 0 ? FAR : 0))
  const longest = Math.max(width, height)
  const work = { line: new Float64Array(longest), vertex: new Int32Array(longest), cut: new Float64Array(longest + 1) }
  for (let x = 0; x < width; x++) transformLine(distances, x, width, height, work)
  for (let y = 0; y < height; y++) transformLine(distances, y * width, 1, width, work)
  return distances
}

interface Work {
  readonly line: Float64Array
  /** Places of the parabolas of the lower envelope. */
  readonly vertex: Int32Array
  /** From where on each of them is the lowest. */
  readonly cut: Float64Array
}

/** One line of the transform: the lower envelope of parabolas that stand on its values. */
function transformLine(values: Float64Array, start: number, step: number, length: number, work: Work): void {
  const { line, vertex, cut } = work
  for (let i = 0; i < length; i++) line[i] = values[start + i * step]!
  let last = 0
  vertex[0] = 0
  cut[0] = -Infinity
  cut[1] = Infinity
  for (let i = 1; i < length; i++) {
    let meets = meeting(line, vertex[last]!, i)
    while (meets <= cut[last]!) meets = meeting(line, vertex[--last]!, i)
    vertex[++last] = i
    cut[last] = meets
    cut[last + 1] = Infinity
  }
  for (let i = 0, at = 0; i < length; i++) {
    while (cut[at + 1]! < i) at++
    const from = vertex[at]!
    values[start + i * step] = Math.min(FAR, (i - from) * (i - from) + line[from]!)
  }
}

/** Where the parabolas over two places are equally high. */
function meeting(line: Float64Array, a: number, b: number): number {
  return (line[b]! + b * b - (line[a]! + a * a)) / (2 * b - 2 * a)
}
