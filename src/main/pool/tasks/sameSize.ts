import { WorkbenchError } from '../../../shared/errors'
import { describeSize, type Size } from '../../../shared/raster/size'

/** Throws unless both files belong to pictures of one size: nothing is ever resized to fit a truth. */
export function checkSameSize(path: string, size: Size, truthPath: string, truth: Size): void {
  if (size.width === truth.width && size.height === truth.height) return
  throw new WorkbenchError(
    'SHAPE_MISMATCH',
    `${path} is of ${describeSize(size)} and its truth ${truthPath} of ${describeSize(truth)}: import the mask that ` +
      `belongs to this photo.`,
  )
}
