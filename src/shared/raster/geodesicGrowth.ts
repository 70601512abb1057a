import { MinimumHeap } from './minimumHeap'
import { forEachRun, RegionBuilder, type Region } from './region'
import type { Size } from './size'

/** What growth goes over. */
export interface GrowthGround extends Size {
  /** How much two neighbouring pixels differ, 0 … 255; places in `[height * width]`. */
  readonly difference: (from: number, to: number) => number
  /** Whether a pixel may be grown into at all. */
  readonly passes: (pixel: number) => boolean
}

export interface GrowthSettings {
  /** How far from the seed, in pixels over even ground. */
  readonly reach: number
  /** The difference that makes a step twice as long, 0 … 255. */
  readonly contrast: number
}

const DIAGONAL = Math.SQRT2

/**
 * Grows a region from painted seeds until edges hold it: the pixels whose shortest way to a seed is at most `reach`,
 * where a step of length l over a difference d costs l · (1 + (d / contrast)²). That is the geodesic distance of
 * Criminisi, Sharp & Blake, "GeoS: Geodesic Image Segmentation" (ECCV 2008) with steps weighted by the inverse of the
 * edge-stopping function 1 / (1 + (d/K)²) of Perona & Malik (1990): the noise of a photo costs next to nothing, an edge
 * of four contrasts 17 px.
 *
 * Seeds may be added one after another: only what they bring nearer is worked out again.
 */
export class GeodesicGrowth {
  readonly #ground: GrowthGround
  readonly #settings: GrowthSettings
  /** `[height * width]`: reach less the distance, above 0 where reached. Zeros cost no memory until they are written. */
  readonly #left: Float32Array
  readonly #heap = new MinimumHeap()
  readonly #bounds = { x0: Infinity, y0: Infinity, x1: -Infinity, y1: -Infinity }

  constructor(ground: GrowthGround, settings: GrowthSettings) {
    this.#ground = ground
    this.#settings = settings
    this.#left = new Float32Array(ground.width * ground.height)
  }

  /** Grows from these pixels too, but for those that do not pass. */
  add(seed: Region): void {
    const { width, passes } = this.#ground
    // A seed itself is in at any reach.
    const most = this.#settings.reach + 1
    forEachRun(seed, (y, x0, x1) => {
      for (let x = x0; x < x1; x++) if (passes(y * width + x)) this.#reach(x, y, most)
    })
    this.#spread()
  }

  /** What has been reached. */
  region(): Region {
    const { x0, y0, x1, y1 } = this.#bounds
    const { width } = this.#ground
    const builder = new RegionBuilder()
    for (let y = y0; y < y1; y++)
      for (let x = x0; x < x1; x++) {
        if (this.#left[y * width + x]! < 1) continue
        const start = x
        while (x < x1 && this.#left[y * width + x]! >= 1) x++
        builder.add(y, start, x)
      }
    return builder.region()
  }

  /** Dijkstra's algorithm: what has most reach left goes on first. */
  #spread(): void {
    const { width, height, difference, passes } = this.#ground
    for (let pixel = this.#heap.pop(); pixel !== undefined; pixel = this.#heap.pop()) {
      const left = this.#left[pixel]!
      const [px, py] = [pixel % width, Math.floor(pixel / width)]
      for (let y = Math.max(0, py - 1); y <= Math.min(height - 1, py + 1); y++)
        for (let x = Math.max(0, px - 1); x <= Math.min(width - 1, px + 1); x++) {
          const other = y * width + x
          if (other === pixel || !passes(other)) continue
          const share = difference(pixel, other) / this.#settings.contrast
          const step = (x !== px && y !== py ? DIAGONAL : 1) * (1 + share * share)
          this.#reach(x, y, left - step)
        }
    }
  }

  #reach(x: number, y: number, left: number): void {
    const pixel = y * this.#ground.width + x
    if (left < 1 || left <= this.#left[pixel]!) return
    this.#left[pixel] = left
    this.#heap.push(-left, pixel)
    const bounds = this.#bounds
    if (x < bounds.x0) bounds.x0 = x
    if (y < bounds.y0) bounds.y0 = y
    if (x >= bounds.x1) bounds.x1 = x + 1
    if (y >= bounds.y1) bounds.y1 = y + 1
  }
}
