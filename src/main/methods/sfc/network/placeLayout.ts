import type { Tensor, Tensor1D } from '@tensorflow/tfjs'
import { currentEngine } from '../../../engine/current'
import { type PlaneSize, planeOf } from '../../../nn/tensors'

/** Features of photos at one depth: one row a place, photo after photo, each photo's places row by row. */
export interface PlaceRows {
  /** `[Σ h · w, d]` */
  readonly rows: Tensor
  /** Of each photo. */
  readonly planes: readonly PlaneSize[]
}

/** The rows of photos that share one grid, `[b, h, w, d]`; a view within the caller's tidy. */
export function rowsOf(features: Tensor): PlaceRows {
  const [photos, height, width, channels] = features.shape as [number, number, number, number]
  const planes = new Array<PlaneSize>(photos).fill(planeOf(features))
  return { rows: features.reshape([photos * height * width, channels]), planes }
}

/**
 * Photos of different grids as one batch `[b, p, …]`: p is that of the longest list of places, and behind the others there
 * are zeros. A mask of zeros keeps those out of maps, seeds and losses; whoever takes a mean divides by `counts`.
 * Its tensors live in the caller's tidy.
 */
export class PlaceLayout {
  /** Places of each photo. */
  readonly counts: readonly number[]
  /** p */
  readonly longest: number
  /** Of the padded places, the row behind each, n where there is none; undefined where nothing is padded. */
  readonly #rowOfPlace: Tensor1D | undefined
  /** Of the rows, the padded place in front of each. */
  readonly #placeOfRow: Tensor1D | undefined

  constructor(readonly grids: readonly PlaneSize[]) {
    this.counts = grids.map(({ height, width }) => height * width)
    this.longest = Math.max(...this.counts)
    if (this.counts.every(count => count === this.longest)) return
    const total = this.counts.reduce((sum, count) => sum + count, 0)
    const rowOfPlace = new Int32Array(grids.length * this.longest).fill(total)
    const placeOfRow = new Int32Array(total)
    let row = 0
    for (const [photo, count] of this.counts.entries())
      for (let place = photo * this.longest, end = place + count; place < end; place++, row++) {
        rowOfPlace[place] = row
        placeOfRow[row] = place
      }
    const { tf } = currentEngine()
    this.#rowOfPlace = tf.tensor1d(rowOfPlace, 'int32')
    this.#placeOfRow = tf.tensor1d(placeOfRow, 'int32')
  }

  /** `[n, c]` → `[b, p, c]` */
  padded(rows: Tensor): Tensor {
    const { tf } = currentEngine()
    const channels = rows.shape[1]!
    const shape = [this.grids.length, this.longest, channels]
    if (this.#rowOfPlace === undefined) return rows.reshape(shape)
    return tf.gather(tf.concat([rows, tf.zeros([1, channels])], 0), this.#rowOfPlace).reshape(shape)
  }

  /** `[b, p, c]` → `[n, c]`: the way back, of values and of gradients. */
  unpadded(batch: Tensor): Tensor {
    const rows = batch.reshape([this.grids.length * this.longest, batch.shape[2]!])
    return this.#placeOfRow === undefined ? rows : currentEngine().tf.gather(rows, this.#placeOfRow)
  }

  /** `[b, p, 1]`: 1 where there is a photo. */
  inside(): Tensor {
    const total = this.counts.reduce((sum, count) => sum + count, 0)
    return this.padded(currentEngine().tf.ones([total, 1]))
  }
}
