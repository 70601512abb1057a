import { WorkbenchError } from '../../shared/errors'
import { filterRegion, type Region } from '../../shared/raster/region'
import { regionOfMask } from '../../shared/raster/regionMask'
import { describeSize, type Size } from '../../shared/raster/size'

/**
 * The pixels of a rectangular mask that lies somewhere in a photo, less what leaves it (labelme#2327).
 * @param inside told a pixel's place in the box
 */
export function boxRegion(
  box: { readonly left: number; readonly top: number } & Size,
  { width, height }: Size,
  inside: (place: number) => boolean,
): Region {
  const { left: x0, top: y0 } = box
  const mask = regionOfMask({ x0, y0, x1: x0 + box.width, y1: y0 + box.height }, inside)
  return filterRegion(mask, (x, y) => x >= 0 && y >= 0 && x < width && y < height)
}

/** Run lengths row by row, zeros first, as a test of places in the box. @throws SHAPE_MISMATCH where they cover another area */
export function rowRunsTest(counts: readonly number[], box: Size): (place: number) => boolean {
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
