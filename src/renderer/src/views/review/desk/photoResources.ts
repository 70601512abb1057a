import type { PhotoPixels, PhotoResources } from '../../../editor/core/tool'
import { scoresAtPhotoSize, type ScoreGrid } from '../../../../../shared/raster/labelsFromScores'
import type { Size } from '../../../../../shared/raster/size'

/** Classes whose scores are kept at the photo's size. */
const mostKept = 4

/**
 * What the tools see of a photo beside its mask, made when a tool first asks. Maps and superpixels arrive later: until
 * then there are none, and whoever waits is told by the editor's `refresh`.
 */
export class LoadedResources implements PhotoResources {
  readonly #picture: ImageBitmap
  readonly #size: Size
  readonly #scores = new Map<number, Float32Array>()
  #grid: ScoreGrid | undefined
  #superpixels: { readonly spacing: number; readonly map: Int32Array } | undefined
  #photo: PhotoPixels | undefined

  constructor(picture: ImageBitmap, size: Size) {
    this.#picture = picture
    this.#size = size
  }

  set grid(grid: ScoreGrid) {
    this.#grid = grid
    this.#scores.clear()
  }

  /** @param spacing pixels of the photo from one superpixel to the next @param map `[height * width]` */
  cutInto(spacing: number, map: Int32Array): void {
    this.#superpixels = { spacing, map }
  }

  /** Pixels of the photo from one superpixel to the next; undefined: the photo is not cut yet. */
  get spacing(): number | undefined {
    return this.#superpixels?.spacing
  }

  readonly scores = (label: number): Float32Array | undefined => {
    const known = this.#scores.get(label)
    if (known !== undefined || this.#grid === undefined) return known
    const { keys, maps, width, height } = this.#grid
    const row = keys.indexOf(label - 1)
    if (row === -1) return undefined
    const area = width * height
    const one = { keys: Int32Array.of(label - 1), maps: maps.slice(row * area, (row + 1) * area), width, height }
    const scores = scoresAtPhotoSize(one, this.#size)
    this.#scores.set(label, scores)
    for (const oldest of [...this.#scores.keys()].slice(0, -mostKept)) this.#scores.delete(oldest)
    return scores
  }

  /** The photo's pixels; undefined where the photo is shown smaller than it is. */
  readonly photo = (): PhotoPixels | undefined => {
    const { width, height } = this.#size
    if (this.#picture.width !== width || this.#picture.height !== height) return undefined
    return (this.#photo ??= pixelsOf(this.#picture))
  }

  readonly superpixels = (): Int32Array | undefined => this.#superpixels?.map
}

function pixelsOf(picture: ImageBitmap): PhotoPixels {
  const { width, height } = picture
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })!
  context.drawImage(picture, 0, 0)
  return { data: context.getImageData(0, 0, width, height).data, channels: 4 }
}
