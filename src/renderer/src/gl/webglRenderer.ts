import { assertNever } from '../../../shared/errors'
import type { ScoreGrid } from '../../../shared/raster/labelsFromScores'
import type { Size } from '../../../shared/raster/size'
import { GridTextures } from './gridTextures'
import { coloursByRow } from './labelColours'
import { createProgram, type Program } from './program'
import { LabelTextures } from './labelTextures'
import { contrastSlope, plainLook } from './look'
import { photoOnCanvas } from './photoOnCanvas'
import type { Layer, PictureRenderer, Scene, StoredLabels } from './scene'
import { GRID_FROM, pictureKinds, pictureShader } from './shaders/picture'
import { resampleShader } from './shaders/resample'
import { TextureCache } from './textureCache'
import { colourTexture, labelTexture, photoTexture } from './textures'
import { workSize } from './workSize'

/** Of a photo beyond this, a smaller copy is fetched: 8192² are 256 MB on the card. */
const LONGEST_PHOTO = 8192

/** What the picture shader reads for one layer. */
interface Bound {
  readonly kind: number
  readonly values: WebGLTexture
  /** Clear where it says the same. */
  readonly unlike?: WebGLTexture
  readonly size: Size
  readonly colours: WebGLTexture
  readonly scaleEnd: number
}

/** Draws with WebGL2 alone; no extension is needed. */
export class WebglRenderer implements PictureRenderer {
  readonly kind = 'webgl2'
  readonly longestPhoto: number
  readonly #gl: WebGL2RenderingContext
  readonly #picture: Program
  readonly #resample: Program
  readonly #photos: TextureCache<ImageBitmap, WebGLTexture>
  readonly #grids: TextureCache<ScoreGrid, GridTextures>
  readonly #labels: LabelTextures
  readonly #colours: TextureCache<Uint8Array, WebGLTexture>
  readonly #nothing: WebGLTexture
  /** Colour tables by row, kept so that the same table is one object. */
  readonly #byRow = new WeakMap<ScoreGrid, { readonly from: Uint8Array; readonly colours: Uint8Array }>()
  #size: Size = { width: 1, height: 1 }

  constructor(gl: WebGL2RenderingContext) {
    this.#gl = gl
    this.longestPhoto = Math.min(LONGEST_PHOTO, Number(gl.getParameter(gl.MAX_TEXTURE_SIZE)))
    this.#picture = createProgram(gl, pictureShader)
    this.#resample = createProgram(gl, resampleShader)
    const forget = (texture: WebGLTexture) => gl.deleteTexture(texture)
    this.#photos = new TextureCache(3, picture => photoTexture(gl, picture), forget)
    this.#grids = new TextureCache(
      2,
      grid => new GridTextures(gl, this.#resample, grid, this.#size),
      grid => grid.close(),
    )
    this.#labels = new LabelTextures(gl)
    this.#colours = new TextureCache(6, colours => colourTexture(gl, colours), forget)
    this.#nothing = labelTexture(gl, new Uint8Array(1), { width: 1, height: 1 })
  }

  draw(scene: Scene): void {
    const gl = this.#gl
    this.#size = workSize(scene.photo, this.longestPhoto)
    const bound = scene.layers.map(layer => this.#bind(layer, scene))
    const width = Math.round(scene.view.width * scene.ratio)
    const height = Math.round(scene.view.height * scene.ratio)
    gl.bindFramebuffer(gl.FRAMEBUFFER, null)
    gl.viewport(0, 0, width, height)
    gl.clearColor(0, 0, 0, 0)
    gl.clear(gl.COLOR_BUFFER_BIT)
    this.#setScene(scene, height)
    const { x0, y0, x1, y1 } = photoOnCanvas(scene, { width, height })
    const divider = bound.length === 1 ? width : Math.round(scene.divider * scene.ratio)
    gl.enable(gl.SCISSOR_TEST)
    for (const [side, layer] of bound.entries()) {
      const [left, right] = side === 0 ? [x0, Math.min(divider, x1)] : [Math.max(divider, x0), x1]
      if (right <= left || y1 <= y0) continue
      gl.scissor(left, height - y1, right - left, y1 - y0)
      this.#drawLayer(layer)
    }
    gl.disable(gl.SCISSOR_TEST)
  }

  prepare(picture: ImageBitmap, { size, ...labels }: StoredLabels): void {
    this.#photos.get(picture)
    this.#labels.get({ ...labels, ...size })
  }

  close(): void {
    for (const cache of [this.#photos, this.#grids, this.#labels, this.#colours]) cache.clear()
    this.#gl.deleteTexture(this.#nothing)
    this.#picture.close()
    this.#resample.close()
  }

  /** Uploads and resizes what a layer needs; leaves other programs and targets bound. */
  #bind(layer: Layer, scene: Scene): Bound {
    const colours = this.#colours.get(scene.colourTable)
    const kind = pictureKinds[layer.kind]
    switch (layer.kind) {
      case 'photo':
        return { kind, values: this.#nothing, size: { width: 1, height: 1 }, colours, scaleEnd: 1 }
      case 'map': {
        const { texture, ...size } = this.#grids.get(layer.grid).values(layer)
        return { kind, values: texture, size, colours, scaleEnd: layer.scaleEnd }
      }
      case 'mask': {
        const { texture, ...size } = this.#grids.get(layer.grid).values({ row: 'strongest', cells: false })
        const shades = this.#colours.get(this.#coloursOf(layer.grid, layer.colours))
        return { kind, values: texture, size, colours: shades, scaleEnd: 1 }
      }
      case 'labels': {
        const { size, unlike } = layer
        const values = this.#labels.get({ ...layer, ...size })
        const shades = this.#colours.get(layer.colours)
        const bound = { kind, values, size, colours: shades, scaleEnd: 1 }
        return unlike === undefined ? bound : { ...bound, unlike: this.#labels.get({ labels: unlike, ...size }) }
      }
      default:
        return assertNever(layer)
    }
  }

  #coloursOf(grid: ScoreGrid, colours: Uint8Array): Uint8Array {
    const known = this.#byRow.get(grid)
    if (known?.from === colours) return known.colours
    const byRow = coloursByRow(grid.keys, colours)
    this.#byRow.set(grid, { from: colours, colours: byRow })
    return byRow
  }

  #setScene(scene: Scene, height: number): void {
    const gl = this.#gl
    const { uniform, use } = this.#picture
    const { viewport, ratio, photo } = scene
    use()
    gl.activeTexture(gl.TEXTURE0)
    gl.bindTexture(gl.TEXTURE_2D, this.#photos.get(scene.picture))
    gl.uniform1i(uniform('uPhoto'), 0)
    gl.uniform1i(uniform('uValues'), 1)
    gl.uniform1i(uniform('uColours'), 2)
    gl.uniform1i(uniform('uUnlike'), 3)
    gl.uniform2f(uniform('uPhotoSize'), photo.width, photo.height)
    gl.uniform3f(uniform('uView'), viewport.zoom * ratio, viewport.x * ratio, viewport.y * ratio)
    gl.uniform1f(uniform('uCanvasHeight'), height)
    gl.uniform1f(uniform('uThreshold'), scene.threshold)
    gl.uniform1f(uniform('uOpacity'), scene.opacity)
    gl.uniform1f(uniform('uLine'), scene.contour ? Math.max(1, Math.round(ratio)) : 0)
    const { brightness, contrast, pixelGrid, colouredLines } = scene.look ?? plainLook
    gl.uniform2f(uniform('uTone'), brightness, contrastSlope(contrast))
    gl.uniform1i(uniform('uGrid'), pixelGrid && viewport.zoom * ratio >= GRID_FROM ? 1 : 0)
    gl.uniform1i(uniform('uColouredLines'), colouredLines ? 1 : 0)
  }

  #drawLayer({ kind, values, unlike, size, colours, scaleEnd }: Bound): void {
    const gl = this.#gl
    const { uniform } = this.#picture
    gl.activeTexture(gl.TEXTURE1)
    gl.bindTexture(gl.TEXTURE_2D, values)
    gl.activeTexture(gl.TEXTURE2)
    gl.bindTexture(gl.TEXTURE_2D, colours)
    gl.activeTexture(gl.TEXTURE3)
    gl.bindTexture(gl.TEXTURE_2D, unlike ?? this.#nothing)
    gl.uniform1i(uniform('uKind'), kind)
    gl.uniform1i(uniform('uDifference'), unlike === undefined ? 0 : 1)
    gl.uniform2i(uniform('uValuesSize'), size.width, size.height)
    gl.uniform1f(uniform('uScaleEnd'), scaleEnd)
    gl.drawArrays(gl.TRIANGLES, 0, 3)
  }
}
