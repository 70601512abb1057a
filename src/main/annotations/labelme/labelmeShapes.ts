import { WorkbenchError } from '../../../shared/errors'
import { assertNearPhoto } from '../../../shared/raster/assertNearPhoto'
import type { Corner } from '../../../shared/raster/polygonRegion'
import type { Region } from '../../../shared/raster/region'
import type { Size } from '../../../shared/raster/size'
import { decodeLabelPng } from '../../media/labelPng'
import { boxRegion } from '../boxRegion'
import { outlineRegion } from '../outlineRegion'
import { BACKGROUND, type Shape } from '../shape'
import { IGNORED, NOTHING, type LabelmeShape } from './labelmeSchema'

/** Corners of a circle: fewer would be seen in the largest photo. */
const CIRCLE_CORNERS = 256

/** Shapes that have pixels; a point, a line and their like have none. */
const drawn: ReadonlyMap<string, (shape: LabelmeShape, size: Size) => Region> = new Map([
  ['polygon', ({ points }, size) => outlineRegion(points, size)],
  ['rectangle', rectangleRegion],
  ['circle', ({ points }, size) => outlineRegion(circleCorners(points), size)],
  ['mask', maskRegion],
])

/** @returns undefined for a shape without pixels */
export function labelmeShape(shape: LabelmeShape): Shape | undefined {
  const draw = drawn.get(shape.shape_type ?? 'polygon')
  if (draw === undefined) return undefined
  const label = shape.label.trim()
  return { name: label === NOTHING ? BACKGROUND : label === IGNORED ? null : label, region: size => draw(shape, size) }
}

function rectangleRegion({ points: [[x0, y0] = [0, 0], [x1, y1] = [0, 0]] }: LabelmeShape, size: Size): Region {
  return outlineRegion([[x0, y0], [x1, y0], [x1, y1], [x0, y1]], size) // prettier-ignore
}

function circleCorners([[x, y] = [0, 0], [edgeX, edgeY] = [0, 0]]: LabelmeShape['points']): Corner[] {
  const radius = Math.hypot(edgeX - x, edgeY - y)
  return Array.from({ length: CIRCLE_CORNERS }, (_, i) => {
    const angle = (2 * Math.PI * i) / CIRCLE_CORNERS
    return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)] as const
  })
}

/** A PNG of the box; its own size counts, and its corner is rounded: cut off it would move the mask (labelme#2504). */
function maskRegion({ points: [[x, y] = [0, 0]], mask }: LabelmeShape, size: Size): Region {
  if (mask == null) throw new WorkbenchError('BAD_INPUT', 'a shape of the type "mask" has no mask')
  assertNearPhoto([x, y], size)
  const { labels, ...box } = decodeLabelPng(Buffer.from(mask, 'base64'), 'of a shape')
  return boxRegion({ left: Math.round(x), top: Math.round(y), ...box }, size, place => labels[place]! > 0)
}
