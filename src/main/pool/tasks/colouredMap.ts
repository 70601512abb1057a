import { VOID, vocPalette } from '../../../shared/raster/palette'
import { encodeRgbPng } from '../../media/indexedPng'
import { readMapOfPhoto, type MapOfPhoto } from './mapOfPhoto'

export interface ColouredMapInput extends MapOfPhoto {
  /** Whether void has its colour in the label map; else it becomes background. */
  readonly withVoid: boolean
}

export interface ColouredMap {
  /** RGB in VOC’s colours, background black. */
  readonly png: Uint8Array
  /** Void pixels that became background. */
  readonly voidPixels: number
}

/** A label map as a picture in VOC’s colours. */
export async function colouredMap({ withVoid, ...photo }: ColouredMapInput): Promise<ColouredMap> {
  const map = await readMapOfPhoto(photo)
  const palette = vocPalette()
  const colours = new Uint8Array(map.labels.length * 3)
  let voidPixels = 0
  for (let i = 0; i < map.labels.length; i++) {
    const label = map.labels[i]!
    if (label === VOID && !withVoid) voidPixels++
    else if (label > 0) {
      colours[3 * i] = palette[3 * label]!
      colours[3 * i + 1] = palette[3 * label + 1]!
      colours[3 * i + 2] = palette[3 * label + 2]!
    }
  }
  return { png: encodeRgbPng(map, colours), voidPixels }
}
