import { VOID, vocPalette } from '../../../shared/raster/palette'
import { readLabelMap } from '../../artifacts/labelMaps'
import { encodeRgbPng } from '../../media/indexedPng'
import { checkMapSize, type MapOfPhoto } from './mapOfPhoto'

/** A label map as an RGB picture in VOC’s colours; void becomes background: label maps of others have no colour for it. */
export async function colouredMap(photo: MapOfPhoto): Promise<Uint8Array> {
  const map = await readLabelMap(photo.path)
  checkMapSize(map, photo)
  const palette = vocPalette()
  const colours = new Uint8Array(map.labels.length * 3)
  for (const [i, label] of map.labels.entries()) {
    if (label === VOID) continue
    colours.set(palette.subarray(label * 3, label * 3 + 3), i * 3)
  }
  return encodeRgbPng(map, colours)
}
