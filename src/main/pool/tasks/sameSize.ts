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

/** Throws unless the score maps were made from this photo. @param name what the sentence calls it: its path or stem */
export function checkMapsOfPhoto(
  name: string,
  photo: Size,
  { photoWidth, photoHeight }: { readonly photoWidth: number; readonly photoHeight: number },
): void {
  if (photo.width === photoWidth && photo.height === photoHeight) return
  const maps = describeSize({ width: photoWidth, height: photoHeight })
  throw new WorkbenchError(
    'SHAPE_MISMATCH',
    `Photo ${name} is of ${describeSize(photo)}, and its score maps were made when it was of ${maps}: make the maps anew, or restore the photo.`,
  )
}

/** Throws unless the mask was made for this photo. @param name what the sentence calls it: its path or stem */
export function checkMaskOfPhoto(name: string, photo: Size, mask: Size): void {
  if (photo.width === mask.width && photo.height === mask.height) return
  throw new WorkbenchError(
    'SHAPE_MISMATCH',
    `Photo ${name} is of ${describeSize(photo)}, and its mask was made when it was of ${describeSize(mask)}: make the masks anew, or restore the photo.`,
  )
}
