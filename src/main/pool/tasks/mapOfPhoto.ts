import { WorkbenchError } from '../../../shared/errors'
import { describeSize, type Size } from '../../../shared/raster/size'
import { readLabelMap } from '../../artifacts/labelMaps'
import type { LabelMap } from '../../media/labelPng'

/** A label map and the size that it should have. */
export interface MapOfPhoto extends Size {
  /** Path of a label map. */
  readonly path: string
  /** What error sentences call the photo. */
  readonly photo: string
}

/** @throws SHAPE_MISMATCH naming the photo and both sizes */
export async function readMapOfPhoto({ path, photo, ...size }: MapOfPhoto): Promise<LabelMap> {
  const map = await readLabelMap(path)
  if (map.width === size.width && map.height === size.height) return map
  throw new WorkbenchError(
    'SHAPE_MISMATCH',
    `The mask of ${photo} is ${describeSize(map)}, the photo ${describeSize(size)}: run the step again, or leave the photo out.`,
  )
}
