import { pillowBicubic } from '../../../shared/raster/pillowBicubic'
import { sizeWithLongestSide, type RgbImage } from '../../../shared/raster/size'

/** A photo with a longer side than so many pixels, made smaller; others, and with null all, as they are. */
export function shrunkTo(photo: RgbImage, longestSide: number | null): RgbImage {
  if (longestSide === null || Math.max(photo.width, photo.height) <= longestSide) return photo
  return pillowBicubic(photo, sizeWithLongestSide(photo, longestSide))
}
