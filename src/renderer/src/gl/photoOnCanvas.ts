import type { Rectangle } from '../../../shared/geometry/rectangle'
import type { Size } from '../../../shared/raster/size'
import type { Scene } from './scene'

/** The device pixels that the photo covers, whole or in part: nothing is drawn beside them. @param canvas device px */
export function photoOnCanvas(
  { viewport, ratio, photo }: Pick<Scene, 'viewport' | 'ratio' | 'photo'>,
  canvas: Size,
): Rectangle {
  const span = (offset: number, pixels: number, end: number) => {
    const [first, last] = [offset * ratio, (offset + pixels * viewport.zoom) * ratio]
    return [Math.min(Math.max(Math.floor(first), 0), end), Math.min(Math.max(Math.ceil(last), 0), end)] as const
  }
  const [x0, x1] = span(viewport.x, photo.width, canvas.width)
  const [y0, y1] = span(viewport.y, photo.height, canvas.height)
  return { x0, y0, x1, y1 }
}
