import { pillowBicubic } from '../../../shared/raster/pillowBicubic'
import { scaledSize, sizeWithLongestSide, type RgbImage, type Size } from '../../../shared/raster/size'
import { decodePhoto } from '../../media/decodePhoto'

export interface DecodeScalesInput {
  readonly path: string
  /** Pixels of the longest side at scale 1; null: as the photo is. */
  readonly longestSide: number | null
  /** Factors of that size. */
  readonly scales: readonly number[]
}

export interface DecodedScales {
  /** One a scale, RGB. */
  readonly images: readonly RgbImage[]
  readonly photoWidth: number
  readonly photoHeight: number
}

/** A photo at several sizes, each resized from the photo itself. */
export async function decodeScales({ path, longestSide, scales }: DecodeScalesInput): Promise<DecodedScales> {
  const photo = await decodePhoto(path)
  const base = sizeWithLongestSide(photo, longestSide)
  const images = scales.map(scale => resized(photo, scaledSize(base, scale)))
  return { images, photoWidth: photo.width, photoHeight: photo.height }
}

function resized(photo: RgbImage, to: Size): RgbImage {
  return photo.width === to.width && photo.height === to.height ? photo : pillowBicubic(photo, to)
}
