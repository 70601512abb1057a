import type { Size } from '../raster/size'
import { imagePoint, screenPoint, type ImagePoint, type ScreenPoint } from './points'

/** Where a photo lies in a view: one of its pixels is `zoom` CSS px wide, its upper left corner at (x, y). */
export interface Viewport {
  readonly zoom: number
  readonly x: number
  readonly y: number
}

const SMALLEST_ZOOM = 0.01
/** A pixel of the photo as large as a thumbnail: larger shows nothing more. */
const LARGEST_ZOOM = 64
/** CSS px of the photo that stay in the view, however far it is dragged. */
const KEPT_VISIBLE = 32

export function toImage([x, y]: ScreenPoint, viewport: Viewport): ImagePoint {
  return imagePoint((x - viewport.x) / viewport.zoom, (y - viewport.y) / viewport.zoom)
}

export function toScreen([x, y]: ImagePoint, viewport: Viewport): ScreenPoint {
  return screenPoint(x * viewport.zoom + viewport.x, y * viewport.zoom + viewport.y)
}

/** The whole photo, as large as it goes with `margin` CSS px around it. */
export function fitted(photo: Size, view: Size, margin: number): Viewport {
  const room = { width: Math.max(1, view.width - 2 * margin), height: Math.max(1, view.height - 2 * margin) }
  return centred(photo, view, boundedZoom(Math.min(room.width / photo.width, room.height / photo.height)))
}

/** The photo's middle in the middle of the view, on whole CSS px: at 1:1 its pixels and the screen's are the same. */
export function centred(photo: Size, view: Size, zoom: number): Viewport {
  const start = (room: number, side: number) => Math.round((room - side * zoom) / 2)
  return { zoom, x: start(view.width, photo.width), y: start(view.height, photo.height) }
}

/** Another zoom, with the pixel of the photo under `at` staying there. */
export function zoomedAt(viewport: Viewport, at: ScreenPoint, zoom: number): Viewport {
  const [x, y] = toImage(at, viewport)
  const bounded = boundedZoom(zoom)
  return { zoom: bounded, x: at[0] - x * bounded, y: at[1] - y * bounded }
}

/** Moved by CSS px, with some of the photo staying in the view. */
export function panned(viewport: Viewport, dx: number, dy: number, photo: Size, view: Size): Viewport {
  const { zoom } = viewport
  return {
    zoom,
    x: between(KEPT_VISIBLE - photo.width * zoom, viewport.x + dx, view.width - KEPT_VISIBLE),
    y: between(KEPT_VISIBLE - photo.height * zoom, viewport.y + dy, view.height - KEPT_VISIBLE),
  }
}

function boundedZoom(zoom: number): number {
  return between(SMALLEST_ZOOM, zoom, LARGEST_ZOOM)
}

function between(least: number, value: number, most: number): number {
  return Math.min(Math.max(value, least), Math.max(least, most))
}
