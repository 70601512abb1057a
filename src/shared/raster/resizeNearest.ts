import type { Size } from './size'

/** `floor` takes the pixel at the cell's corner (torch); `centre` the one at its centre (Pillow). */
export type NearestConvention = 'floor' | 'centre'

/** The input position of each output position along one axis. */
function nearestSources(from: number, to: number, convention: NearestConvention): Int32Array {
  // torch multiplies in float32: for some sizes, e.g. 25 → 115, the exact quotient would pick another pixel.
  const scale = Math.fround(from / to)
  return Int32Array.from({ length: to }, (_, i) => {
    const source = convention === 'floor' ? Math.fround(i * scale) : ((i + 0.5) * from) / to
    return Math.min(Math.floor(source), from - 1)
  })
}

/**
 * Nearest-neighbour resize in a named convention.
 *
 * @param planes `[channels, from.height, from.width]`
 * @returns      `[channels, to.height, to.width]`
 */
export function resizeNearest<Plane extends Float32Array | Uint8Array | Int32Array>(
  planes: Plane,
  channels: number,
  from: Size,
  to: Size,
  convention: NearestConvention,
): Plane {
  const across = nearestSources(from.width, to.width, convention)
  const down = nearestSources(from.height, to.height, convention)
  const out = new (planes.constructor as new (length: number) => Plane)(channels * to.height * to.width)
  let at = 0
  for (let channel = 0; channel < channels; channel++)
    for (const sourceY of down) {
      const row = (channel * from.height + sourceY) * from.width
      for (const sourceX of across) out[at++] = planes[row + sourceX]!
    }
  return out
}
