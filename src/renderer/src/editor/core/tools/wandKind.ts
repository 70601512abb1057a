import { floodRegion } from '../../../../../shared/raster/floodRegion'
import { emptyRegion } from '../../../../../shared/raster/region'
import { regionOfMask } from '../../../../../shared/raster/regionMask'
import { isSoonFound } from './isSoonFound'
import type { PressedKind } from './pressedTool'

/**
 * Takes the pixels whose red, green and blue each differ by at most `tolerance` from those of the pixel under the
 * pointer: those connected to it, or all of the photo. Sliding on to another pixel starts anew from there.
 */
export const wandKind: PressedKind = {
  id: 'wand',
  isOfLastPoint: true,
  hovers: isSoonFound,
  begin: ({ photo, document, settings }) => {
    const pixels = photo()
    if (!pixels) return 'no-photo'
    const { data, channels } = pixels
    const { size } = document
    return (_, { point }) => {
      if (document.labelAt(point[0], point[1]) === undefined) return emptyRegion
      const { tolerance, contiguous, diagonal } = settings()
      const start = Math.floor(point[1]) * size.width + Math.floor(point[0])
      const [red, green, blue] = [data[start * channels]!, data[start * channels + 1]!, data[start * channels + 2]!]
      const passes = (pixel: number) => {
        const at = pixel * channels
        return (
          Math.abs(data[at]! - red) <= tolerance &&
          Math.abs(data[at + 1]! - green) <= tolerance &&
          Math.abs(data[at + 2]! - blue) <= tolerance
        )
      }
      if (contiguous) return floodRegion(size, start, passes, diagonal)
      return regionOfMask({ x0: 0, y0: 0, x1: size.width, y1: size.height }, passes)
    }
  },
}
