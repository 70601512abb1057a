import { floodRegion } from '../../../../../shared/raster/floodRegion'
import { emptyRegion, type Region } from '../../../../../shared/raster/region'
import { uniteRegions } from '../../../../../shared/raster/regionAlgebra'
import type { Pointer } from '../tool'
import type { PressedKind } from './pressedTool'

/** Takes every superpixel that the pointer passes over; the one under it is shown before the press. */
export const superpixelKind: PressedKind = {
  id: 'superpixel',
  hovers: () => true,
  begin: ({ superpixels, document }) => {
    const ids = superpixels()
    if (!ids) return 'no-superpixels'
    const { width } = document.size
    const taken = new Set<number>()
    let region: Region = emptyRegion
    return (from, to) => {
      for (const [x, y] of between(from, to)) {
        if (document.labelAt(x, y) === undefined) continue
        const start = Math.floor(y) * width + Math.floor(x)
        const id = ids[start]!
        if (taken.has(id)) continue
        taken.add(id)
        // A superpixel is connected (that is enforced where they are made): its pixels are found from any of them.
        region = uniteRegions(
          region,
          floodRegion(document.size, start, pixel => ids[pixel] === id, false),
        )
      }
      return region
    }
  },
}

/** Points at most a pixel apart, ends included. */
function* between({ point: [x0, y0] }: Pointer, { point: [x1, y1] }: Pointer): Iterable<readonly [number, number]> {
  const steps = Math.max(1, Math.ceil(Math.max(Math.abs(x1 - x0), Math.abs(y1 - y0))))
  for (let i = 0; i <= steps; i++) yield [x0 + ((x1 - x0) * i) / steps, y0 + ((y1 - y0) * i) / steps]
}
