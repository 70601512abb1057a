import type { Size } from '../../../shared/raster/size'

/** Pixels of the grid on which maps are resized: 4096², 128 MB a map with its winners. */
const MOST_PIXELS = 2 ** 24

/** The photo's own size; of a huge photo, a smaller one of the same shape. */
export function workSize(photo: Size, longest: number): Size {
  const shrink = Math.min(
    1,
    longest / Math.max(photo.width, photo.height),
    Math.sqrt(MOST_PIXELS / (photo.width * photo.height)),
  )
  return shrink === 1
    ? photo
    : { width: Math.max(1, Math.floor(photo.width * shrink)), height: Math.max(1, Math.floor(photo.height * shrink)) }
}
