import { WorkbenchError } from '../errors'
import { assertNearPhoto } from './assertNearPhoto'
import type { Size } from './size'

/** Points a pixel's side along which the line is followed. */
const SCALE = 5
/** Of an outline, 128 MB: it is three million pixels long, where the largest photos are 30,000 wide. */
const MOST_POINTS = 2 ** 24

/** Whole points along a closed line, in fifths of a pixel. */
interface DensePoints {
  readonly x: Int32Array
  readonly y: Int32Array
}

/**
 * The pixels of a polygon by COCO's own rule, as run lengths down the columns, outside first: what everyone's COCO
 * figures rest on (pycocotools common/maskApi.c@8c9bcc3 `rleFrPoly`). It is close to the pixel-centre rule but not the same on
 * slanted edges.
 *
 * @param polygon x, y in turn, pixels; at least three points
 * @throws BAD_INPUT where it leads out of all reach or is too long to be followed
 */
export function cocoPolygonCounts(polygon: readonly number[], { width, height }: Size): number[] {
  assertNearPhoto(polygon, { width, height })
  const starts = columnCrossings(densePoints(polygon), { width, height })
  starts.push(width * height)
  const ends = Float64Array.from(starts).sort()
  const lengths = ends.map((end, i) => (i === 0 ? end : end - ends[i - 1]!))
  return withoutEmptyRuns(lengths)
}

/** Every point on the way round, each edge followed along its longer axis. */
function densePoints(polygon: readonly number[]): DensePoints {
  const corners = polygon.length / 2
  const place = (i: number) => Math.trunc(SCALE * polygon[i % polygon.length]! + 0.5)
  let total = 0
  for (let i = 0; i < corners; i++) total += edgeLength(place, i) + 1
  if (total > MOST_POINTS)
    throw new WorkbenchError(
      'BAD_INPUT',
      `its outline is ${(total - corners) / SCALE} pixels long, and at most ${Math.round(MOST_POINTS / SCALE)} are followed: ` +
        'correct it, or take it out.',
    )
  const points = { x: new Int32Array(total), y: new Int32Array(total) }
  let at = 0
  for (let i = 0; i < corners; i++) at = followEdge(points, at, place, i)
  return points
}

function edgeLength(place: (i: number) => number, corner: number): number {
  const dx = Math.abs(place(2 * corner) - place(2 * corner + 2))
  const dy = Math.abs(place(2 * corner + 1) - place(2 * corner + 3))
  return Math.max(dx, dy)
}

/** The edge is always followed the same way, so that it has the same points for the polygon at its other side. */
function followEdge({ x, y }: DensePoints, from: number, place: (i: number) => number, corner: number): number {
  let [x0, y0, x1, y1] = [0, 1, 2, 3].map(i => place(2 * corner + i)) as [number, number, number, number]
  const [dx, dy] = [Math.abs(x1 - x0), Math.abs(y1 - y0)]
  const across = dx >= dy
  const flip = across ? x0 > x1 : y0 > y1
  if (flip) [x0, y0, x1, y1] = [x1, y1, x0, y0]
  const length = across ? dx : dy
  const slope = length === 0 ? 0 : (across ? y1 - y0 : x1 - x0) / length
  for (let d = 0; d <= length; d++) {
    const t = flip ? length - d : d
    x[from + d] = across ? t + x0 : Math.trunc(x0 + slope * t + 0.5)
    y[from + d] = across ? Math.trunc(y0 + slope * t + 0.5) : t + y0
  }
  return from + length + 1
}

/** Where the line crosses the middle of a column, as places counted down the columns. */
function columnCrossings({ x, y }: DensePoints, { width, height }: Size): number[] {
  const places: number[] = []
  for (let j = 1; j < x.length; j++) {
    if (x[j] === x[j - 1]) continue
    const column = ((x[j]! < x[j - 1]! ? x[j]! : x[j]! - 1) + 0.5) / SCALE - 0.5
    if (!Number.isInteger(column) || column < 0 || column > width - 1) continue
    const row = (Math.min(y[j]!, y[j - 1]!) + 0.5) / SCALE - 0.5
    places.push(column * height + Math.ceil(Math.min(Math.max(row, 0), height)))
  }
  return places
}

/** A run of no pixels joins its neighbours. */
function withoutEmptyRuns(lengths: Float64Array): number[] {
  const counts = [lengths[0]!]
  for (let j = 1; j < lengths.length;) {
    if (lengths[j]! > 0) counts.push(lengths[j++]!)
    else {
      j++
      if (j < lengths.length) counts[counts.length - 1]! += lengths[j++]!
    }
  }
  return counts
}
