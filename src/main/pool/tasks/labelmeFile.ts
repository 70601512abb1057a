import { readFile } from 'node:fs/promises'
import { maskObjects, type LostPixels, type ObjectRules } from '../../../shared/raster/maskObjects'
import { labelmeFile as schema, type LabelmeFile } from '../../annotations/labelme/labelmeSchema'
import { mergeShapes } from '../../annotations/labelme/mergeShapes'
import type { ShapeRules } from '../../annotations/labelme/writeShapes'
import { readMapOfPhoto, type MapOfPhoto } from './mapOfPhoto'

export interface LabelmeFileInput extends MapOfPhoto {
  readonly rules: ObjectRules & Pick<ShapeRules, 'shapes'>
  /** Whether void is written as shapes that labelme ignores; else it becomes background. */
  readonly withVoid: boolean
  readonly classes: readonly string[]
  /** What the photo's file is called. */
  readonly fileName: string
  /** Path of labelme's JSON that the photo came with, without the photo in it. */
  readonly source: string | undefined
}

export interface WrittenLabelmeFile extends LostPixels {
  readonly text: string
}

/** The version of labelme whose files these are like. */
const VERSION = '5.5.0'
const NOTHING_KEPT: LabelmeFile = { imagePath: '', shapes: [] }

/** A photo's label map as labelme's JSON, without the photo in it. */
export async function labelmeFile(input: LabelmeFileInput): Promise<WrittenLabelmeFile> {
  const { rules, withVoid, classes, fileName, source, ...photo } = input
  const map = await readMapOfPhoto(photo)
  const { leftOut, voidPixels, ...found } = maskObjects(map.labels, map, rules, withVoid)
  const { shapes: before, flags, ...kept } = source === undefined ? NOTHING_KEPT : await readSource(source)
  const shapes = mergeShapes(before, { ...map, ...found }, { ...rules, classes, withVoid })
  const file = {
    ...{ version: VERSION, flags: flags ?? {}, shapes, imagePath: fileName },
    ...{ imageData: null, imageHeight: map.height, imageWidth: map.width },
  }
  // Keys of other programs stand behind labelme's own, as labelme writes them.
  const others = Object.entries(kept).filter(([key]) => !(key in file))
  return { text: `${JSON.stringify({ ...file, ...Object.fromEntries(others) }, null, 2)}\n`, leftOut, voidPixels }
}

async function readSource(path: string): Promise<LabelmeFile> {
  return schema.parse(JSON.parse(await readFile(path, 'utf8')))
}
