import { VOID } from '../../shared/raster/palette'
import { forEachRun, type Region } from '../../shared/raster/region'
import type { Size } from '../../shared/raster/size'
import type { LabelMap } from '../media/labelPng'

/** No class is called so: what lies below such a shape is background. */
export const BACKGROUND = Symbol('background')

/** Some pixels of a photo and what they are. */
export interface Shape {
  /** A class; null: nobody knows, or nobody should be scored on it; `BACKGROUND`: nothing is there. */
  readonly name: string | null | typeof BACKGROUND
  /** The class is somewhere in there, and nobody knows where: a box without an outline. Its pixels are void. */
  readonly vague?: boolean
  /** Its pixels in a photo of this size. @throws what is wrong with it */
  readonly region: (size: Size) => Region
}

function valueOf(name: string | null, names: readonly string[]): number {
  const place = name === null ? -1 : names.indexOf(name)
  return place < 0 ? VOID : place + 1
}

/** Values are places in `names` + 1; a class that is not among them is void. */
export function drawShapes(shapes: readonly Shape[], names: readonly string[], size: Size): LabelMap {
  const { width, height } = size
  const labels = new Uint8Array(width * height)
  for (const { name, vague = false, region } of shapes) {
    const value = name === BACKGROUND ? 0 : vague ? VOID : valueOf(name, names)
    forEachRun(region({ width, height }), (y, x0, x1) => labels.fill(value, y * width + x0, y * width + x1))
  }
  return { labels, width, height }
}
