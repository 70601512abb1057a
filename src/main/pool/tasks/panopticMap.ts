import { maskObjects, type LostPixels, type MaskObject, type ObjectRules } from '../../../shared/raster/maskObjects'
import { encodeRgbPng } from '../../media/indexedPng'
import { readMapOfPhoto, type MapOfPhoto } from './mapOfPhoto'

export interface PanopticInput extends MapOfPhoto {
  readonly rules: ObjectRules
}

export interface PanopticMap extends LostPixels {
  /** A PNG whose pixels are red + 256 green + 65536 blue = id; 0 is void or background. */
  readonly png: Uint8Array
  readonly segments: readonly MaskObject[]
}

/** COCO's panoptic picture of a photo (cocodataset.org, format-data). */
export async function panopticMap({ rules, ...photo }: PanopticInput): Promise<PanopticMap> {
  const map = await readMapOfPhoto(photo)
  const { objects, ids, leftOut, voidPixels } = maskObjects(map.labels, map, rules)
  return { png: encodeRgbPng(map, coloursOf(ids)), segments: objects, leftOut, voidPixels }
}

/** `[height, width, 3]` */
function coloursOf(ids: Int32Array): Uint8Array {
  const colours = new Uint8Array(ids.length * 3)
  for (let i = 0; i < ids.length; i++) {
    const id = ids[i]!
    if (id === 0) continue
    colours[3 * i] = id & 0xff
    colours[3 * i + 1] = (id >> 8) & 0xff
    colours[3 * i + 2] = id >> 16
  }
  return colours
}
