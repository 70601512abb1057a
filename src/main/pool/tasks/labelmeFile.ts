import { maskObjects, type LostPixels, type ObjectRules } from '../../../shared/raster/maskObjects'
import { writeShapes, type ShapeRules } from '../../annotations/labelme/writeShapes'
import { readMapOfPhoto, type MapOfPhoto } from './mapOfPhoto'

export interface LabelmeFileInput extends MapOfPhoto {
  readonly rules: ObjectRules & Pick<ShapeRules, 'shapes'>
  /** Whether void is written as shapes that labelme ignores; else it becomes background. */
  readonly withVoid: boolean
  readonly classes: readonly string[]
  /** What the photo's file is called. */
  readonly fileName: string
}

export interface LabelmeFile extends LostPixels {
  readonly text: string
}

/** The version of labelme whose files these are like. */
const VERSION = '5.5.0'

/** A photo's label map as labelme's JSON, without the photo in it. */
export async function labelmeFile(input: LabelmeFileInput): Promise<LabelmeFile> {
  const { rules, withVoid, classes, fileName, ...photo } = input
  const map = await readMapOfPhoto(photo)
  const { leftOut, voidPixels, ...found } = maskObjects(map.labels, map, rules, withVoid)
  const file = {
    ...{ version: VERSION, flags: {}, shapes: writeShapes(found, map, classes, rules), imagePath: fileName },
    ...{ imageData: null, imageHeight: map.height, imageWidth: map.width },
  }
  return { text: `${JSON.stringify(file, null, 2)}\n`, leftOut, voidPixels }
}
