import { maskObjects, type LostPixels, type MaskObject, type ObjectRules } from '../../../shared/raster/maskObjects'
import { encodeRgbPng } from '../../media/indexedPng'
import { readMapOfPhoto, type MapOfPhoto } from './mapOfPhoto'

export interface PanopticInput extends MapOfPhoto {
  readonly rules: ObjectRules
  /** Label of the segment that the background is; undefined: it is left void. */
  readonly background: number | undefined
}

export interface PanopticMap extends Pick<LostPixels, 'leftOut'> {
  /** A PNG whose pixels are red + 256 green + 65536 blue = id; 0 is void. */
  readonly png: Uint8Array
  readonly segments: readonly MaskObject[]
}

/** COCO's panoptic picture of a photo (cocodataset.org, format-data). */
export async function panopticMap({ rules, background, ...photo }: PanopticInput): Promise<PanopticMap> {
  const map = await readMapOfPhoto(photo)
  const { objects, ids, leftOut } = maskObjects(map.labels, map, rules)
  const segments = [
    ...objects,
    ...(background === undefined ? [] : backgroundSegment(map.labels, ids, map, background)),
  ]
  return { png: encodeRgbPng(map, coloursOf(ids)), segments, leftOut }
}

/** The background as one segment, behind all objects; none where there is no background. @param ids is added to */
function backgroundSegment(
  labels: Uint8Array,
  ids: Int32Array,
  { width, height }: Pick<MapOfPhoto, 'width' | 'height'>,
  label: number,
): MaskObject[] {
  const id = ids.reduce((most, each) => Math.max(most, each), 0) + 1
  let area = 0
  let [x0, y0, x1, y1] = [width, height, 0, 0]
  for (let i = 0; i < labels.length; i++) {
    if (labels[i] !== 0) continue
    const [x, y] = [i % width, Math.floor(i / width)]
    ids[i] = id
    area++
    x0 = Math.min(x0, x)
    x1 = Math.max(x1, x + 1)
    y0 = Math.min(y0, y)
    y1 = y + 1
  }
  return area === 0 ? [] : [{ id, label, area, box: [x0, y0, x1 - x0, y1 - y0] }]
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
