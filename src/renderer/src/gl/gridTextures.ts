import type { ScoreGrid } from '../../../shared/raster/labelsFromScores'
import type { Size } from '../../../shared/raster/size'
import type { Program } from './program'
import { createTarget, mapsTexture, tapsTexture, type Target } from './textures'

/** What of a photo's maps is wanted at the photo's size. */
export type Wanted = { readonly row: number | 'strongest'; readonly cells: boolean }

interface Resampled {
  readonly target: Target
  /** Which `Wanted` it holds. */
  filled: string | undefined
}

/**
 * One photo's maps on the GPU: as they are stored, and resized to the photo. The resized ones do not depend on the
 * threshold, so that moving it costs one look-up a pixel, however many classes there are.
 */
export class GridTextures {
  readonly #gl: WebGL2RenderingContext
  readonly #program: Program
  readonly #grid: ScoreGrid
  readonly #size: Size
  readonly #maps: WebGLTexture | undefined
  readonly #taps: readonly [across: WebGLTexture, down: WebGLTexture]
  readonly #strongest: Resampled
  #single: Resampled | undefined

  constructor(gl: WebGL2RenderingContext, program: Program, grid: ScoreGrid, size: Size) {
    this.#gl = gl
    this.#program = program
    this.#grid = grid
    this.#size = size
    this.#maps = mapsTexture(gl, grid)
    this.#taps = [tapsTexture(gl, grid.width, size.width), tapsTexture(gl, grid.height, size.height)]
    this.#strongest = { target: createTarget(gl, size), filled: undefined }
  }

  /** The scores, resized when first wanted. A row that does not exist is 0 everywhere. */
  values({ row, cells }: { readonly row: Wanted['row'] | undefined; readonly cells: boolean }): Target {
    const strongest = row === 'strongest' && !cells
    const resampled = strongest ? this.#strongest : (this.#single ??= this.#newTarget())
    const wanted = `${row} ${cells}`
    if (resampled.filled !== wanted) this.#fill(resampled.target, row, cells)
    resampled.filled = wanted
    return resampled.target
  }

  close(): void {
    const gl = this.#gl
    for (const resampled of [this.#strongest, this.#single])
      if (resampled !== undefined) {
        gl.deleteTexture(resampled.target.texture)
        gl.deleteFramebuffer(resampled.target.framebuffer)
      }
    for (const texture of [this.#maps, ...this.#taps]) if (texture !== undefined) gl.deleteTexture(texture)
  }

  #newTarget(): Resampled {
    return { target: createTarget(this.#gl, this.#size), filled: undefined }
  }

  #fill(target: Target, row: Wanted['row'] | undefined, cells: boolean): void {
    const gl = this.#gl
    gl.bindFramebuffer(gl.FRAMEBUFFER, target.framebuffer)
    gl.viewport(0, 0, target.width, target.height)
    gl.disable(gl.SCISSOR_TEST)
    if (this.#maps === undefined || row === undefined) {
      gl.clearBufferuiv(gl.COLOR, 0, Uint32Array.of(0, 0, 0, 0))
      return
    }
    const { uniform, use } = this.#program
    use()
    for (const [unit, type, texture, name] of [
      [0, gl.TEXTURE_2D_ARRAY, this.#maps, 'uMaps'],
      [1, gl.TEXTURE_2D, this.#taps[0], 'uAcross'],
      [2, gl.TEXTURE_2D, this.#taps[1], 'uDown'],
    ] as const) {
      gl.activeTexture(gl.TEXTURE0 + unit)
      gl.bindTexture(type, texture)
      gl.uniform1i(uniform(name), unit)
    }
    gl.uniform2i(uniform('uLastCell'), this.#grid.width - 1, this.#grid.height - 1)
    gl.uniform1i(uniform('uCount'), this.#grid.keys.length)
    gl.uniform1i(uniform('uRow'), row === 'strongest' ? -1 : row)
    gl.uniform1i(uniform('uCells'), cells ? 1 : 0)
    gl.drawArrays(gl.TRIANGLES, 0, 3)
  }
}
