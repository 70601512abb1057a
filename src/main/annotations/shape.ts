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

/** What a shape's pixels are in a mask of these classes: place + 1; a class that is not among them is void. */
export function shapeValue({ name, vague = false }: Shape, classes: readonly string[]): number {
  if (name === BACKGROUND) return 0
  const place = vague || name === null ? -1 : classes.indexOf(name)
  return place < 0 ? VOID : place + 1
}

/** A label map of shapes in their order. */
export function drawShapes(shapes: readonly Shape[], classes: readonly string[], size: Size): LabelMap {
  const { width, height } = size
  const labels = new Uint8Array(width * height)
  for (const shape of shapes) {
    const value = shapeValue(shape, classes)
    forEachRun(shape.region({ width, height }), (y, x0, x1) => labels.fill(value, y * width + x0, y * width + x1))
  }
  return { labels, width, height }
}
