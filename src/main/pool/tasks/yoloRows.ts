import { traceOutlines } from '../../../shared/raster/contours'
import { maskObjects, type LostPixels, type ObjectRules } from '../../../shared/raster/maskObjects'
import { writeRows } from '../../annotations/yolo/writeRows'
import { readMapOfPhoto, type MapOfPhoto } from './mapOfPhoto'

export interface YoloRowsInput extends MapOfPhoto {
  readonly rules: ObjectRules
  /** Whether holes are reached by lines of no width; else they are filled. */
  readonly bridge: boolean
}

export interface YoloRows extends LostPixels {
  readonly text: string
  readonly holes: number
}

/** The objects of a photo's label map, as YOLO's rows. */
export async function yoloRows({ rules, bridge, ...photo }: YoloRowsInput): Promise<YoloRows> {
  const map = await readMapOfPhoto(photo)
  const { objects, ids, leftOut, voidPixels } = maskObjects(map.labels, map, rules)
  const outlines = traceOutlines(ids, map, rules.diagonal)
  const outlined = objects.map(({ id, label }) => ({ label, ...outlines.get(id)! }))
  const holes = outlined.reduce((sum, object) => sum + object.holes.length, 0)
  return { text: writeRows(outlined, map, bridge), holes, leftOut, voidPixels }
}
