import type { Look } from './scene'

/** The photo as it is, contours white. */
export const plainLook: Look = { brightness: 0, contrast: 0, pixelGrid: false, colouredLines: false }

/** By how much the distance of a value from the middle is multiplied: a contrast of −1 leaves grey, 1 makes it fourfold. */
export function contrastSlope(contrast: number): number {
  return contrast < 0 ? 1 + contrast : 4 ** contrast
}
