import { maskObjects as objectsOf, type MaskObjects, type ObjectRules } from '../../../shared/raster/maskObjects'
import { readLabelMap } from '../../artifacts/labelMaps'
import { checkMapSize, type MapOfPhoto } from './mapOfPhoto'

export interface MaskObjectsInput extends MapOfPhoto {
  readonly rules: ObjectRules
  /** Whether their lines are wanted beside their runs. */
  readonly outlines: boolean
}

/** The objects of a photo's label map, for formats that keep one annotation an object. */
export async function maskObjects({ rules, outlines, ...photo }: MaskObjectsInput): Promise<MaskObjects> {
  const map = await readLabelMap(photo.path)
  checkMapSize(map, photo)
  return objectsOf(map.labels, map, rules, outlines)
}
