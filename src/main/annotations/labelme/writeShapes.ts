import { cornersOf, traceOutlines, type RegionOutline } from '../../../shared/raster/contours'
import type { MaskObject, MaskObjects } from '../../../shared/raster/maskObjects'
import type { Size } from '../../../shared/raster/size'
import { VOID } from '../../../shared/raster/palette'
import { encodeGreyPng, quickLevel } from '../../media/indexedPng'
import { IGNORED } from './labelmeSchema'

export interface ShapeRules {
  /** `mask`: all are pictures; `polygon`: only what has holes or several parts. */
  readonly shapes: 'polygon' | 'mask'
  /** Parts that touch at a corner only are one. */
  readonly diagonal: boolean
}

/** A shape as labelme writes it. */
export type WrittenShape = Readonly<Record<string, unknown>>

/** The objects of a mask as labelme's shapes, with their ids. */
export function writeShapes(
  { objects, ids }: Pick<MaskObjects, 'objects' | 'ids'>,
  size: Size,
  { classes, shapes, diagonal }: ShapeRules & { /** By label − 1. */ readonly classes: readonly string[] },
): readonly { readonly id: number; readonly shape: WrittenShape }[] {
  const outlines = shapes === 'polygon' ? traceOutlines(ids, size, diagonal) : undefined
  return objects.map(object => {
    const label = object.label === VOID ? IGNORED : classes[object.label - 1]!
    const common = { label, group_id: null, description: '', flags: {} }
    const polygon = simplePolygon(outlines?.get(object.id))
    if (polygon !== undefined)
      return { id: object.id, shape: { ...common, points: polygon, shape_type: 'polygon', mask: null } }
    const [x, y, width, height] = object.box
    // The second corner lies in the mask: labelme's boxes hold it (labelme/shape.py@v5.5.0).
    const points = [[x, y], [x + width - 1, y + height - 1]] // prettier-ignore
    return { id: object.id, shape: { ...common, points, shape_type: 'mask', mask: maskPicture(object, ids, size) } }
  })
}

/** Corners of what one line can say. */
function simplePolygon(outline: RegionOutline | undefined) {
  if (outline === undefined || outline.outer.length > 1 || outline.holes.length > 0) return undefined
  return cornersOf(outline.outer[0]!)
}

/** The object's box as a picture of 0 and 255, in base64. */
function maskPicture({ id, box: [x, y, width, height] }: MaskObject, ids: Int32Array, size: Size): string {
  const cut = new Uint8Array(width * height)
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++)
      if (ids[(y + row) * size.width + x + column] === id) cut[row * width + column] = 255
  return Buffer.from(encodeGreyPng({ width, height }, cut, quickLevel)).toString('base64')
}
