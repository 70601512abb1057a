import { WorkbenchError } from '../../shared/errors'
import type { Region } from '../../shared/raster/region'
import { regionOfMask } from '../../shared/raster/regionMask'
import { describeSize, type Size } from '../../shared/raster/size'

/** Where a rectangular mask lies in a photo, in pixels. */
export interface PlacedBox extends Size {
  readonly left: number
  readonly top: number
}

/**
 * The pixels of a rectangular mask that lies somewhere in a photo, less what leaves it (labelme#2327).
 * @param inside told a pixel's place in the box
 */
export function boxRegion(box: PlacedBox, { width, height }: Size, inside: (place: number) => boolean): Region {
  const { left: x0, top: y0 } = box
  const photo = { x0: 0, y0: 0, x1: width, y1: height }
  return regionOfMask({ x0, y0, x1: x0 + box.width, y1: y0 + box.height }, inside, photo)
}

/**
 * Run lengths row by row, zeros first, as a test of places in the box.
 * @throws BAD_INPUT where numbers are none of pixels, or the box is larger than the photo; SHAPE_MISMATCH where the runs
 * cover another area
 */
export function rowRunsTest(counts: readonly number[], box: PlacedBox, photo: Size): (place: number) => boolean {
  assertPixels(counts, box, photo)
  const total = counts.reduce((sum, count) => sum + count, 0)
  if (total !== box.width * box.height)
    throw new WorkbenchError('SHAPE_MISMATCH', `its runs cover ${total} pixels, its box is ${describeSize(box)}`)
  const mask = new Uint8Array(total)
  let at = 0
  for (const [place, count] of counts.entries()) {
    if (place % 2 === 1) mask.fill(1, at, at + count)
    at += count
  }
  return place => mask[place] === 1
}

function assertPixels(counts: readonly number[], box: PlacedBox, photo: Size): void {
  const { left, top, width, height } = box
  const lengths = [width, height, ...counts]
  const odd = [left, top].find(each => !Number.isSafeInteger(each)) ?? lengths.find(each => !isPixelCount(each))
  if (odd !== undefined)
    throw new WorkbenchError('BAD_INPUT', `its box or its runs hold ${odd}, which is no whole number of pixels`)
  if (width > photo.width || height > photo.height)
    throw new WorkbenchError(
      'BAD_INPUT',
      `its box is ${describeSize(box)}, larger than its photo ${describeSize(photo)}`,
    )
}

function isPixelCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0
}
