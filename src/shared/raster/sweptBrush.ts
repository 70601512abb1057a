import { RegionBuilder, type Region } from './region'
import type { Size } from './size'

/** Where a brush stands: its middle in pixels of the photo (the first pixel covers 0 … 1), and half its width. */
export interface BrushPlace {
  readonly x: number
  readonly y: number
  readonly radius: number
}

type Interval = readonly [from: number, to: number]

/**
 * The pixels that a round brush covers on its straight way from one place to another, its radius changing evenly: those
 * whose middle lies in the convex hull of the two discs. A row of a convex shape is one run, so it costs its height and
 * not its area, and no stamp leaves a gap to the next.
 */
export function sweptDisc(from: BrushPlace, to: BrushPlace, size: Size): Region {
  const sides = tangents(from, to)
  return rowsOf(from, to, size, y => {
    let [least, most] = joined(discRow(from, y), discRow(to, y))
    for (const [x0, y0, x1, y1] of sides) {
      if (Math.min(y0, y1) > y || Math.max(y0, y1) < y || y0 === y1) continue
      const x = x0 + ((y - y0) / (y1 - y0)) * (x1 - x0)
      least = Math.min(least, x)
      most = Math.max(most, x)
    }
    return [least, most]
  })
}

/** As `sweptDisc`, of a brush that is an upright square. */
export function sweptSquare(from: BrushPlace, to: BrushPlace, size: Size): Region {
  return rowsOf(from, to, size, y => {
    // At share t of the way the square covers the row where |y(t) − y| ≤ radius(t): two inequalities linear in t.
    const [dy, dr] = [to.y - from.y, to.radius - from.radius]
    const above = atMostZero(from.y - y - from.radius, dy - dr)
    const below = atMostZero(y - from.y - from.radius, -dy - dr)
    const start = Math.max(above[0], below[0])
    const end = Math.min(above[1], below[1])
    if (start > end) return [Infinity, -Infinity]
    const x = (t: number) => from.x + t * (to.x - from.x)
    const radius = (t: number) => from.radius + t * dr
    return [
      Math.min(x(start) - radius(start), x(end) - radius(end)),
      Math.max(x(start) + radius(start), x(end) + radius(end)),
    ]
  })
}

/** Every row's interval as the pixels whose middles it covers. */
function rowsOf(a: BrushPlace, b: BrushPlace, { width, height }: Size, rowAt: (y: number) => Interval): Region {
  const builder = new RegionBuilder()
  const top = Math.max(0, Math.floor(Math.min(a.y - a.radius, b.y - b.radius)))
  const bottom = Math.min(height, Math.ceil(Math.max(a.y + a.radius, b.y + b.radius)))
  for (let y = top; y < bottom; y++) {
    const [from, to] = rowAt(y + 0.5)
    if (to < from) continue
    builder.add(y, Math.max(0, Math.ceil(from - 0.5)), Math.min(width, Math.floor(to - 0.5) + 1))
  }
  return builder.region()
}

function discRow({ x, y, radius }: BrushPlace, at: number): Interval {
  const rest = radius * radius - (at - y) * (at - y)
  if (rest < 0) return [Infinity, -Infinity]
  const half = Math.sqrt(rest)
  return [x - half, x + half]
}

function joined(a: Interval, b: Interval): Interval {
  return [Math.min(a[0], b[0]), Math.max(a[1], b[1])]
}

/** The two outer tangents of two circles, from touch to touch, `[x0, y0, x1, y1]`; none where one holds the other. */
function tangents(from: BrushPlace, to: BrushPlace): readonly (readonly [number, number, number, number])[] {
  const distance = Math.hypot(to.x - from.x, to.y - from.y)
  if (distance <= Math.abs(from.radius - to.radius)) return []
  const [ux, uy] = [(to.x - from.x) / distance, (to.y - from.y) / distance]
  // The tangents' normals have this share along the way; both circles touch at that angle.
  const along = (from.radius - to.radius) / distance
  const across = Math.sqrt(1 - along * along)
  return [1, -1].map(side => {
    const [nx, ny] = [ux * along - side * uy * across, uy * along + side * ux * across]
    return [from.x + nx * from.radius, from.y + ny * from.radius, to.x + nx * to.radius, to.y + ny * to.radius] as const
  })
}

/** The shares t of [0, 1] with a + b t ≤ 0. */
function atMostZero(a: number, b: number): Interval {
  if (b === 0) return a <= 0 ? [0, 1] : [1, 0]
  const root = -a / b
  return b > 0 ? [0, Math.min(1, root)] : [Math.max(0, root), 1]
}
