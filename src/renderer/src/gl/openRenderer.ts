import { CanvasRenderer } from './canvasRenderer'
import type { PictureRenderer } from './scene'
import { WebglRenderer } from './webglRenderer'

/** The best renderer that there is for a canvas: WebGL2, or Canvas2D where the browser has none. */
export function openRenderer(canvas: HTMLCanvasElement): PictureRenderer {
  const gl = canvas.getContext('webgl2', { antialias: false, depth: false, powerPreference: 'high-performance' })
  return gl === null ? new CanvasRenderer(canvas) : new WebglRenderer(gl)
}
