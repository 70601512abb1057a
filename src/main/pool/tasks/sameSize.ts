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
  checkMadeOfPhoto(name, photo, { width: photoWidth, height: photoHeight }, 'score maps were')
}

/** Throws unless what an earlier step made is of this photo as it is now. @param made the size that it is of */
export function checkMadeOfPhoto(name: string, photo: Size, made: Size, what: keyof typeof madeAnew): void {
  if (photo.width === made.width && photo.height === made.height) return
  throw new WorkbenchError(
    'SHAPE_MISMATCH',
    `Photo ${name} is of ${describeSize(photo)}, and its ${what} made when it was of ${describeSize(made)}: make the ${madeAnew[what]} anew, or restore the photo.`,
  )
}

const madeAnew = { 'score maps were': 'maps', 'mask was': 'masks' } as const
