import { floodRegion } from '../../../../../shared/raster/floodRegion'
import { emptyRegion } from '../../../../../shared/raster/region'
import type { PressedKind } from './pressedTool'
import { isSoonFound } from './isSoonFound'

/**
 * Takes the pixels of one label that are connected to the one under the pointer. Of a locked label there is nothing to
 * take; a press on the active label itself changes nothing.
 */
export const fillKind: PressedKind = {
  id: 'fill',
  isOfLastPoint: true,
  hovers: isSoonFound,
  begin: ({ document, settings }, { point }) => {
    const pressed = document.labelAt(point[0], point[1])
    if (pressed !== undefined && document.locks.has(pressed)) return 'label-locked'
    return (_, { point: [x, y] }) => {
      const { labels, size } = document
      const { label, diagonal } = settings()
      const filled = document.labelAt(x, y)
      if (filled === undefined || filled === label) return emptyRegion
      const start = Math.floor(y) * size.width + Math.floor(x)
      return floodRegion(size, start, pixel => labels[pixel] === filled, diagonal)
    }
  },
}
