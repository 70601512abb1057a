import { WorkbenchError } from '../errors'
import type { Size } from './size'

/** Pixels of one value of a map, as COCO keeps them. */
export interface CocoRegion {
  /** Lengths of runs outside and inside in turn, outside first, down the columns from the left. */
  readonly counts: number[]
  /** Pixels. */
  readonly area: number
  /** Left, top, width, height in pixels. */
  readonly box: readonly [x: number, y: number, width: number, height: number]
}

interface GrowingRegion {
  readonly counts: number[]
  /** Where its last run ended, counted down the columns. */
  end: number
  area: number
  left: number
  top: number
  right: number
  bottom: number
}

/**
 * Every value above 0 of a map with its runs, all found in one walk down the columns.
 *
 * @param values `[height, width]`: a label map, or one id a region
 */
export function cocoRegions(values: Uint8Array | Int32Array, size: Size): ReadonlyMap<number, CocoRegion> {
  const { width, height } = size
  const regions = new Map<number, GrowingRegion>()
  for (let x = 0; x < width; x++)
    for (let y = 0; y < height;) {
      const value = values[y * width + x]!
      const from = y
      do y++
      while (y < height && values[y * width + x] === value)
      if (value > 0) addRun(regions, value, x, from, y, height)
    }
  return new Map([...regions].map(([value, region]) => [value, finished(region, width * height)]))
}

function addRun(
  regions: Map<number, GrowingRegion>,
  value: number,
  x: number,
  from: number,
  to: number,
  height: number,
) {
  let region = regions.get(value)
  if (region === undefined) {
    region = { counts: [], end: 0, area: 0, left: x, top: from, right: x, bottom: to }
    regions.set(value, region)
  }
  const start = x * height + from
  if (start === region.end && region.counts.length > 0) region.counts[region.counts.length - 1]! += to - from
  else region.counts.push(start - region.end, to - from)
  region.end = x * height + to
  region.area += to - from
  region.top = Math.min(region.top, from)
  region.right = x
  region.bottom = Math.max(region.bottom, to)
}

function finished({ counts, end, area, left, top, right, bottom }: GrowingRegion, pixels: number): CocoRegion {
  if (end < pixels) counts.push(pixels - end)
  return { counts, area, box: [left, top, right + 1 - left, bottom - top] }
}

/**
 * Writes `value` into `labels` wherever the runs are inside.
 *
 * @param labels `[height, width]`
 * @throws SHAPE_MISMATCH when the runs are not as long as the map
 */
export function paintCocoRuns(labels: Uint8Array, size: Size, counts: readonly number[], value: number): void {
  const { width, height } = size
  const total = counts.reduce((sum, count) => sum + count, 0)
  if (total !== width * height)
    throw new WorkbenchError('SHAPE_MISMATCH', `its runs cover ${total} pixels, the photo has ${width * height}`)
  let at = 0
  for (const [place, count] of counts.entries()) {
    if (place % 2 === 1)
      for (let i = at; i < at + count; i++) labels[(i % height) * width + Math.floor(i / height)] = value
    at += count
  }
}
