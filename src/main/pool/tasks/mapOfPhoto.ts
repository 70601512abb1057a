import { WorkbenchError } from '../../../shared/errors'
import { describeSize, type Size } from '../../../shared/raster/size'

/** A label map and the size that it should have. */
export interface MapOfPhoto extends Size {
  /** Path of a label map. */
  readonly path: string
  /** What error sentences call the photo. */
  readonly photo: string
}

/** @throws SHAPE_MISMATCH naming the photo and both sizes */
export function checkMapSize(map: Size, { photo, ...size }: MapOfPhoto): void {
  if (map.width === size.width && map.height === size.height) return
  throw new WorkbenchError(
    'SHAPE_MISMATCH',
    `The mask of ${photo} is ${describeSize(map)}, the photo ${describeSize(size)}: run the step again, or leave the photo out.`,
  )
}
