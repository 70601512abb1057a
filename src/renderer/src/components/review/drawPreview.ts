import { toScreen } from '../../../../shared/geometry/viewport'
import type { ImagePoint } from '../../../../shared/geometry/points'
import type { Region } from '../../../../shared/raster/region'
import type { Preview } from '../../editor/core/tool'
import type { CanvasView } from '../maps/canvasView'

/** How much of the colour covers what a tool proposes. */
const regionOpacity = 0.65

/** Draws what a tool shows of what it would do: its pixels, its ring, its corners. @param colourOf a label's colour */
export function drawPreview(
  context: CanvasRenderingContext2D,
  { viewport, size, ratio }: CanvasView,
  preview: Preview,
  colourOf: (label: number) => string,
): void {
  context.setTransform(ratio, 0, 0, ratio, 0, 0)
  context.globalAlpha = regionOpacity
  for (const { region, label } of preview.regions ?? []) {
    context.fillStyle = colourOf(label)
    fillRegion(context, region, { viewport, size, ratio })
  }
  context.globalAlpha = 1
  const place = (point: ImagePoint) => toScreen(point, viewport)
  if (preview.string !== undefined) outlined(context, line(preview.string.map(place)), '#fff')
  if (preview.outline !== undefined) {
    const { points, closes, label } = preview.outline
    const corners = points.map(place)
    outlined(context, line(closes ? [...corners.slice(0, -1), corners[0]!] : corners), colourOf(label))
    for (const [x, y] of corners.slice(0, -1)) outlined(context, dot(x, y, 3), colourOf(label))
  }
  if (preview.brush !== undefined) {
    const { at, size: across, shape } = preview.brush
    const [x, y] = place(at)
    const radius = Math.max(1.5, (across * viewport.zoom) / 2)
    outlined(context, shape === 'round' ? dot(x, y, radius) : square(x, y, radius), '#fff')
  }
}

/** Only what is in sight: runs are drawn as bars of whole pixels of the photo. */
function fillRegion(context: CanvasRenderingContext2D, { runs }: Region, { viewport, size }: CanvasView): void {
  const { zoom, x, y } = viewport
  const height = Math.max(zoom, 1)
  context.beginPath()
  for (let i = 0; i < runs.length; i += 3) {
    const top = runs[i]! * zoom + y
    if (top + height < 0 || top > size.height) continue
    const left = runs[i + 1]! * zoom + x
    context.rect(left, top, runs[i + 2]! * zoom + x - left, height)
  }
  context.fill()
}

function line(points: readonly (readonly [number, number])[]): Path2D {
  const path = new Path2D()
  for (const [x, y] of points) path.lineTo(x, y)
  return path
}

function dot(x: number, y: number, radius: number): Path2D {
  const path = new Path2D()
  path.arc(x, y, radius, 0, 2 * Math.PI)
  return path
}

function square(x: number, y: number, radius: number): Path2D {
  const path = new Path2D()
  path.rect(x - radius, y - radius, 2 * radius, 2 * radius)
  return path
}

/** A line that is seen on light and on dark. */
function outlined(context: CanvasRenderingContext2D, path: Path2D, colour: string): void {
  context.lineWidth = 3
  context.strokeStyle = 'rgba(0, 0, 0, 0.6)'
  context.stroke(path)
  context.lineWidth = 1.25
  context.strokeStyle = colour
  context.stroke(path)
}
