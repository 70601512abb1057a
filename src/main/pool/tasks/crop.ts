import type { Rectangle } from '../../../shared/geometry/rectangle'
import { WorkbenchError } from '../../../shared/errors'
import { cropPhoto } from '../../media/cropPhoto'

export interface CropInput {
  readonly path: string
  /** Pixels of the photo as it is looked at. */
  readonly box: Rectangle
  /** Longest side of the result in pixels. */
  readonly size: number
}

/** A part of a photo as WebP. */
export async function crop({ path, box, size }: CropInput): Promise<{ readonly bytes: Uint8Array }> {
  const { x0, y0, x1, y1 } = box
  if (!(x0 >= 0 && y0 >= 0 && x1 > x0 && y1 > y0))
    throw new WorkbenchError(
      'USAGE',
      `${x0}, ${y0}, ${x1}, ${y1} is no box: x0, y0, x1, y1 in pixels with x0 < x1 and y0 < y1.`,
    )
  return { bytes: await cropPhoto(path, box, size) }
}
