import type { Size } from '../../../shared/raster/size'
import type { ChangingLabels } from './scene'
import { TextureCache } from './textureCache'
import { labelTexture, updateLabels } from './textures'

/** Label maps that a picture shows at most, one on each side of the wipe, each against another one; and the next one. */
const mostKept = 5

interface Uploaded {
  readonly texture: WebGLTexture
  /** Of the labels when they were uploaded. */
  version: number
}

interface UploadedMap extends Size {
  readonly labels: Uint8Array
  readonly changing?: ChangingLabels
}

/** Label maps on the GPU, told apart by their bytes. Of one that is edited in place only what changed goes there again. */
export class LabelTextures {
  readonly #gl: WebGL2RenderingContext
  readonly #textures: TextureCache<Uint8Array, Uploaded>
  #wanted: UploadedMap = { labels: new Uint8Array(0), width: 0, height: 0 }

  constructor(gl: WebGL2RenderingContext) {
    this.#gl = gl
    this.#textures = new TextureCache(
      mostKept,
      labels => ({ texture: labelTexture(gl, labels, this.#wanted), version: this.#wanted.changing?.version ?? 0 }),
      ({ texture }) => gl.deleteTexture(texture),
    )
  }

  get(wanted: UploadedMap): WebGLTexture {
    this.#wanted = wanted
    const { labels, changing } = wanted
    const uploaded = this.#textures.get(labels)
    if (changing !== undefined && changing.version !== uploaded.version) {
      updateLabels(this.#gl, uploaded.texture, labels, wanted, changing.tilesChangedSince(uploaded.version))
      uploaded.version = changing.version
    }
    return uploaded.texture
  }

  clear(): void {
    this.#textures.clear()
  }
}
