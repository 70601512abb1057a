import { encodeCocoCounts } from '../../../shared/raster/cocoCounts'
import { cocoRegions } from '../../../shared/raster/cocoRuns'
import { maskObjects, type LostPixels, type MaskObject, type ObjectRules } from '../../../shared/raster/maskObjects'
import { readMapOfPhoto, type MapOfPhoto } from './mapOfPhoto'

export interface CocoObjectsInput extends MapOfPhoto {
  readonly rules: ObjectRules
}

/** An object with its pixels as COCO's compressed run lengths. */
export interface CocoObject extends MaskObject {
  readonly counts: string
}

export interface CocoObjects extends LostPixels {
  readonly objects: readonly CocoObject[]
}

/** The objects of a photo's label map, as COCO keeps them. */
export async function cocoObjects({ rules, ...photo }: CocoObjectsInput): Promise<CocoObjects> {
  const map = await readMapOfPhoto(photo)
  const { objects, ids, leftOut, voidPixels } = maskObjects(map.labels, map, rules)
  const regions = cocoRegions(ids, map)
  const withRuns = objects.map(object => ({ ...object, counts: encodeCocoCounts(regions.get(object.id)!.counts) }))
  return { objects: withRuns, leftOut, voidPixels }
}
