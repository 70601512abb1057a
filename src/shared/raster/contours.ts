import type { Size } from './size'

/**
 * A closed line along the edges of pixels: x, y in turn, whole numbers, a corner each. Clockwise (as seen, with y
 * downwards) around a region, counter-clockwise around a hole in it.
 */
export type Ring = readonly number[]

/** The ring's corners one by one. */
export function cornersOf(ring: ArrayLike<number>): (readonly [x: number, y: number])[] {
  return Array.from({ length: ring.length >> 1 }, (_, i) => [ring[2 * i]!, ring[2 * i + 1]!] as const)
}

/** A region as lines: filling them by the even-odd rule at the centres of pixels gives its pixels back exactly. */
export interface RegionOutline {
  readonly outer: Ring[]
  readonly holes: Ring[]
}

/** East, south, west, north: a right turn is the next one. */
const STEP_X = [1, 0, -1, 0] as const
const STEP_Y = [0, 1, 0, -1] as const
/** The pixel beyond a corner at the left hand of who comes there; the one at the right hand is that of the next turn. */
const LEFT_X = [0, 0, -1, -1] as const
const LEFT_Y = [-1, 0, 0, -1] as const

/**
 * The outlines of all regions of a map, a region being the pixels of one value above 0.
 *
 * @param values   `[height, width]`: a label map, or one id a region
 * @param diagonal whether pixels that touch at a corner alone are joined into one ring
 */
export function traceOutlines(
  values: Uint8Array | Int32Array,
  size: Size,
  diagonal: boolean,
): ReadonlyMap<number, RegionOutline> {
  const { width, height } = size
  const outlines = new Map<number, RegionOutline>()
  const traced = new Uint8Array(width * height) // 1: the pixel's upper edge belongs to a ring already
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const at = y * width + x
      const value = values[at]!
      if (value <= 0 || traced[at] === 1 || (y > 0 && values[at - width] === value)) continue
      const ring = traceRing(values, size, traced, diagonal, x, y)
      const outline = outlines.get(value) ?? { outer: [], holes: [] }
      outlines.set(value, outline)
      if (doubledArea(ring) > 0) outline.outer.push(ring)
      else outline.holes.push(ring)
    }
  return outlines
}

/** Walks the edge with the region at the right hand, from the upper edge of a pixel until it is reached again. */
function traceRing(
  values: Uint8Array | Int32Array,
  { width, height }: Size,
  traced: Uint8Array,
  diagonal: boolean,
  startX: number,
  startY: number,
): Ring {
  const value = values[startY * width + startX]!
  const inside = (x: number, y: number) =>
    x >= 0 && y >= 0 && x < width && y < height && values[y * width + x] === value
  const ring: number[] = []
  let [x, y, direction] = [startX, startY, 0]
  do {
    if (direction === 0) traced[y * width + x] = 1
    x += STEP_X[direction]!
    y += STEP_Y[direction]!
    const right = (direction + 1) % 4
    const leftInside = inside(x + LEFT_X[direction]!, y + LEFT_Y[direction]!)
    const rightInside = inside(x + LEFT_X[right]!, y + LEFT_Y[right]!)
    // Only the left one: two pixels that touch at this corner alone.
    const turn = leftInside && rightInside ? 3 : rightInside ? 0 : leftInside && diagonal ? 3 : 1
    if (turn !== 0) ring.push(x, y)
    direction = (direction + turn) % 4
  } while (x !== startX || y !== startY || direction !== 0)
  return ring
}

/** Twice the area, in square pixels: positive for a clockwise ring. */
export function doubledArea(ring: Ring): number {
  let sum = 0
  for (let i = 0; i < ring.length; i += 2) {
    const next = (i + 2) % ring.length
    sum += ring[i]! * ring[next + 1]! - ring[next]! * ring[i + 1]!
  }
  return sum
}
