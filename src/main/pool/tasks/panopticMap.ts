import { cocoRegions } from '../../../shared/raster/cocoRuns'
import type { MaskObject, ObjectRules } from '../../../shared/raster/maskObjects'
import { objectIds } from '../../../shared/raster/maskObjects'
import { readLabelMap } from '../../artifacts/labelMaps'
import { encodeRgbPng } from '../../media/indexedPng'
import { checkMapSize, type MapOfPhoto } from './mapOfPhoto'

export interface PanopticInput extends MapOfPhoto {
  readonly rules: ObjectRules
}

/** A segment of a panoptic picture. */
export interface PanopticSegment extends Pick<MaskObject, 'label' | 'area' | 'box'> {
  readonly id: number
}

export interface PanopticMap {
  /** A PNG whose pixels are red + 256 green + 65536 blue = id; 0 is void or background. */
  readonly png: Uint8Array
  readonly segments: readonly PanopticSegment[]
  readonly leftOut: number
}

/** COCO's panoptic picture of a photo (cocodataset.org, format-data). */
export async function panopticMap({ rules, ...photo }: PanopticInput): Promise<PanopticMap> {
  const map = await readLabelMap(photo.path)
  checkMapSize(map, photo)
  const { ids, labels } = objectIds(map.labels, map, rules)
  const regions = [...cocoRegions(ids, map)].sort(([a], [b]) => a - b)
  const segments = regions
    .filter(([, { area }]) => area >= rules.minimumArea)
    .map(([id, { area, box }]) => ({ id, label: labels[id - 1]!, area, box }))
  return {
    png: encodeRgbPng(map, coloursOf(ids, new Set(segments.map(({ id }) => id)))),
    segments,
    leftOut: regions.length - segments.length,
  }
}

/** `[height, width, 3]` */
function coloursOf(ids: Int32Array, kept: ReadonlySet<number>): Uint8Array {
  const colours = new Uint8Array(ids.length * 3)
  for (let i = 0; i < ids.length; i++) {
    const id = ids[i]!
    if (id === 0 || !kept.has(id)) continue
    colours[3 * i] = id & 0xff
    colours[3 * i + 1] = (id >> 8) & 0xff
    colours[3 * i + 2] = id >> 16
  }
  return colours
}
