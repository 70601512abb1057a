import type { ImagePoint } from '../../../../shared/geometry/points'
import type { Viewport } from '../../../../shared/geometry/viewport'
import type { Size } from '../../../../shared/raster/size'

/** What a canvas shows of a photo: enough to draw over it, and to tell what lies under a pointer. */
export interface CanvasView {
  readonly viewport: Viewport
  /** CSS px. */
  readonly size: Size
  /** Device px in a CSS px. */
  readonly ratio: number
}

/** A place in the photo that a pointer was at, and what the pointer was. */
export interface Pointed {
  readonly point: ImagePoint
  readonly event: Pick<PointerEvent, 'altKey' | 'clientX' | 'pointerType' | 'pressure'>
}
