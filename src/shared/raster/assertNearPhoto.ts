import { WorkbenchError } from '../errors'
import { describeSize, type Size } from './size'

/**
 * Pixels from the photo's first corner, thirty times the longest side that is opened: what lies farther is a slip of
 * whoever wrote it, and following a line there would take time and memory by the slip's size.
 */
const FARTHEST = 1e6

/** @param coordinates of an outline, pixels @throws BAD_INPUT naming the one that is no number or out of all reach */
export function assertNearPhoto(coordinates: readonly number[], size: Size): void {
  const far = coordinates.find(each => !(Math.abs(each) <= FARTHEST))
  if (far === undefined) return
  throw new WorkbenchError(
    'BAD_INPUT',
    `its outline has the coordinate ${far}, and the photo is ${describeSize(size)}: correct it, or take it out.`,
  )
}
