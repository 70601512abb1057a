import { WorkbenchError } from '../../../shared/errors'
import type { Rectangle } from '../../../shared/geometry/rectangle'
import { linearTaps } from '../../../shared/raster/bilinearRows'
import type { ScoreGrid } from '../../../shared/raster/labelsFromScores'
import { resizeNearest } from '../../../shared/raster/resizeNearest'
import type { Size } from '../../../shared/raster/size'

/** An integer or float texture that is read pixel by pixel. */
export function pixelTexture(gl: WebGL2RenderingContext, target: GLenum = gl.TEXTURE_2D): WebGLTexture {
  const texture = gl.createTexture()
  gl.bindTexture(target, texture)
  gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1)
  for (const [name, value] of [
    [gl.TEXTURE_MIN_FILTER, gl.NEAREST],
    [gl.TEXTURE_MAG_FILTER, gl.NEAREST],
    [gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE],
    [gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE],
  ] as const)
    gl.texParameteri(target, name, value)
  return texture
}

/** The photo, smooth where it is shrunk. */
export function photoTexture(gl: WebGL2RenderingContext, picture: ImageBitmap): WebGLTexture {
  const texture = pixelTexture(gl)
  gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA8, gl.RGBA, gl.UNSIGNED_BYTE, picture)
  gl.generateMipmap(gl.TEXTURE_2D)
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR_MIPMAP_LINEAR)
  return texture
}

/** 256 colours in a row. @param colours `[256, 4]` */
export function colourTexture(gl: WebGL2RenderingContext, colours: Uint8Array): WebGLTexture {
  const texture = pixelTexture(gl)
  gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA8, 256, 1, 0, gl.RGBA, gl.UNSIGNED_BYTE, colours)
  return texture
}

/** @param labels `[height, width]` */
export function labelTexture(gl: WebGL2RenderingContext, labels: Uint8Array, { width, height }: Size): WebGLTexture {
  const texture = pixelTexture(gl)
  gl.texImage2D(gl.TEXTURE_2D, 0, gl.R8UI, width, height, 0, gl.RED_INTEGER, gl.UNSIGNED_BYTE, labels)
  return texture
}

/** Uploads parts of a label map anew, straight from the whole map's rows. @param labels `[height, width]` */
export function updateLabels(
  gl: WebGL2RenderingContext,
  texture: WebGLTexture,
  labels: Uint8Array,
  { width }: Size,
  parts: Iterable<Rectangle>,
): void {
  gl.bindTexture(gl.TEXTURE_2D, texture)
  gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1)
  gl.pixelStorei(gl.UNPACK_ROW_LENGTH, width)
  for (const { x0, y0, x1, y1 } of parts) {
    gl.pixelStorei(gl.UNPACK_SKIP_PIXELS, x0)
    gl.pixelStorei(gl.UNPACK_SKIP_ROWS, y0)
    gl.texSubImage2D(gl.TEXTURE_2D, 0, x0, y0, x1 - x0, y1 - y0, gl.RED_INTEGER, gl.UNSIGNED_BYTE, labels)
  }
  for (const setting of [gl.UNPACK_ROW_LENGTH, gl.UNPACK_SKIP_PIXELS, gl.UNPACK_SKIP_ROWS]) gl.pixelStorei(setting, 0)
}

/** Stored maps, a class a layer: `[n, height, width]`; undefined where there is none. */
export function mapsTexture(gl: WebGL2RenderingContext, grid: ScoreGrid): WebGLTexture | undefined {
  const { keys, maps, width, height } = grid
  if (keys.length === 0) return undefined
  const most = Number(gl.getParameter(gl.MAX_ARRAY_TEXTURE_LAYERS))
  if (keys.length > most)
    throw new WorkbenchError(
      'UNSUPPORTED',
      `This graphics driver takes ${most} maps at once, the photo has ${keys.length}.`,
    )
  const texture = pixelTexture(gl, gl.TEXTURE_2D_ARRAY)
  gl.texImage3D(gl.TEXTURE_2D_ARRAY, 0, gl.R32F, width, height, keys.length, 0, gl.RED, gl.FLOAT, maps)
  return texture
}

/**
 * Between which two cells each pixel of one axis lies: (nearer cell, weight of the next one, cell that covers it, 0).
 * Worked out on the CPU in float64, as `bilinearRows` does: a GPU's own filter knows eight bits of the weight.
 */
export function tapsTexture(gl: WebGL2RenderingContext, from: number, to: number): WebGLTexture {
  const { near, weight } = linearTaps(from, to)
  const cells = resizeNearest(
    Float32Array.from({ length: from }, (_, i) => i),
    1,
    { width: from, height: 1 },
    { width: to, height: 1 },
    'centre',
  )
  const texels = new Float32Array(to * 4)
  for (let i = 0; i < to; i++) texels.set([near[i]!, weight[i]!, cells[i]!, 0], i * 4)
  const texture = pixelTexture(gl)
  gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA32F, to, 1, 0, gl.RGBA, gl.FLOAT, texels)
  return texture
}

/** A texture that shaders write integers into, with its framebuffer. */
export interface Target extends Size {
  readonly texture: WebGLTexture
  readonly framebuffer: WebGLFramebuffer
}

/** RG32UI: (bits of a float32, a place). Integers, because drawing into floats is an extension and this is not. */
export function createTarget(gl: WebGL2RenderingContext, size: Size): Target {
  const texture = pixelTexture(gl)
  gl.texStorage2D(gl.TEXTURE_2D, 1, gl.RG32UI, size.width, size.height)
  const framebuffer = gl.createFramebuffer()
  gl.bindFramebuffer(gl.FRAMEBUFFER, framebuffer)
  gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, texture, 0)
  if (gl.checkFramebufferStatus(gl.FRAMEBUFFER) !== gl.FRAMEBUFFER_COMPLETE && !gl.isContextLost())
    throw new WorkbenchError('OUT_OF_MEMORY', `The graphics card has no room for maps of ${size.width}×${size.height}.`)
  return { texture, framebuffer, width: size.width, height: size.height }
}
