import { imagePoint, type ImagePoint } from '../../../../../shared/geometry/points'
import type { BrushPlace } from '../../../../../shared/raster/sweptBrush'
import type { BrushSettings } from '../editorSettings'
import type { Pointer } from '../tool'

/** A pen that hardly touches still draws with this share of the size. */
const LEAST_SHARE = 0.15

/**
 * Where a brush paints: an odd size stands on the middle of a pixel and an even one on a corner, so that a size of n
 * covers n pixels, everywhere.
 */
export function brushPlace(pointer: Pointer, brush: BrushSettings, pressure: boolean): BrushPlace {
  const [x, y] = pointer.point
  const share = pressure && pointer.pressure !== undefined ? LEAST_SHARE + (1 - LEAST_SHARE) * pointer.pressure : 1
  const size = Math.max(1, Math.round(brush.size * share))
  const snapped = size % 2 === 1 ? (at: number) => Math.floor(at) + 0.5 : Math.round
  return { x: snapped(x), y: snapped(y), radius: size / 2 }
}

/**
 * A brush on a string: it stays where it is until the pointer pulls it. @param length of the string, photo px
 * @returns where the brush is now
 */
export function pulled(brush: ImagePoint, pointer: ImagePoint, length: number): ImagePoint {
  const [dx, dy] = [pointer[0] - brush[0], pointer[1] - brush[1]]
  const distance = Math.hypot(dx, dy)
  if (distance <= length) return brush
  const share = (distance - length) / distance
  return imagePoint(brush[0] + dx * share, brush[1] + dy * share)
}
