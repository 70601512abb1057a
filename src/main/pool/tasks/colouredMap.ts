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
  for (let i = 0; i < map.labels.length; i++) {
    const label = map.labels[i]!
    if (label === 0 || label === VOID) continue
    colours[3 * i] = palette[3 * label]!
    colours[3 * i + 1] = palette[3 * label + 1]!
    colours[3 * i + 2] = palette[3 * label + 2]!
  }
  return encodeRgbPng(map, colours)
}
