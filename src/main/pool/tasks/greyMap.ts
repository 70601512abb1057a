import { VOID } from '../../../shared/raster/palette'
import { encodeGreyPng } from '../../media/indexedPng'
import { readMapOfPhoto, type MapOfPhoto } from './mapOfPhoto'

export interface GreyMapInput extends MapOfPhoto {
  /** Whether void stays 255; else it becomes background. */
  readonly withVoid: boolean
}

export interface GreyMap {
  /** 8-bit grey: the value is the label. */
  readonly png: Uint8Array
  /** Void pixels that became background. */
  readonly voidPixels: number
}

/** A label map as a grey picture. */
export async function greyMap({ withVoid, ...photo }: GreyMapInput): Promise<GreyMap> {
  const { labels, ...size } = await readMapOfPhoto(photo)
  let voidPixels = 0
  if (!withVoid)
    for (let i = 0; i < labels.length; i++)
      if (labels[i] === VOID) {
        labels[i] = 0
        voidPixels++
      }
  return { png: encodeGreyPng(size, labels), voidPixels }
}
