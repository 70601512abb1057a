import type { Tensor } from '@tensorflow/tfjs'
import { currentEngine } from '../../engine/current'
import type { LpcamOptions } from './options'
import { CHUNK_ROWS, type Rows } from './rows'

/** Norms below this count as this: a feature of zeros is at distance 1 from everything instead of NaN. */
const SMALLEST_NORM = 1e-12

/** One assignment of all rows, with what the update needs. */
export interface Assignment {
  /** `[k, channels]`, sums of the assigned rows (of their directions for a spherical update), in double precision. */
  readonly sums: Float64Array
  readonly counts: Int32Array
  /** Sum of all distances. */
  readonly spread: number
  /** Nearest centre and distance of every row; read back only when asked for. */
  readonly distances: () => { readonly nearest: Int32Array; readonly distance: Float32Array }
}

/**
 * Assigns rows to centres and sums them, chunk by chunk: two matrix products a chunk, X·Cᵀ and onehotᵀ·X.
 *
 * The cosine needs no normalised copy of X: 1/|x| scales all scores of a row alike and cannot change its argmax.
 */
export class ClusterStep implements Disposable {
  readonly #rows: Rows
  readonly #options: Pick<LpcamOptions, 'distance' | 'update'>
  /** 1/|x| (cosine) or |x|² (Euclidean) of each row, one `[rows, 1]` a chunk. */
  readonly #norms: readonly Tensor[]

  constructor(rows: Rows, options: Pick<LpcamOptions, 'distance' | 'update'>) {
    const { tf } = currentEngine()
    this.#rows = rows
    this.#options = options
    this.#norms = rows.chunks.map(chunk =>
      tf.tidy(() => {
        const squares = chunk.square().sum(1, true)
        return options.distance === 'cosine' ? tf.scalar(1).div(squares.sqrt().maximum(SMALLEST_NORM)) : squares
      }),
    )
  }

  /** @param centres `[k, channels]` */
  assign(centres: Float32Array): Assignment {
    const { tf } = currentEngine()
    const { channels, chunks } = this.#rows
    const count = centres.length / channels
    const sums = new Float64Array(centres.length)
    const counts = new Int32Array(count)
    let spread = 0
    const prepared = this.#prepare(centres, count)
    for (const [i, chunk] of chunks.entries()) {
      const packed = tf.tidy(() => {
        const scores = this.#scores(chunk, prepared)
        // tfjs refuses a oneHot of depth 1: the one centre has every row
        const chosen = count === 1 ? tf.onesLike(scores) : tf.oneHot(scores.argMax(1), count, 1, 0, 'float32')
        const weights = this.#options.update === 'spherical' ? chosen.mul(this.#directionScale(i)) : chosen
        const total = this.#distance(scores.max(1, true), i).sum()
        return [tf.matMul(weights, chunk, true, false), chosen.sum(0), total]
      })
      const [chunkSums, chunkCounts, chunkSpread] = packed.map(tensor => tensor.dataSync() as Float32Array)
      for (let d = 0; d < sums.length; d++) sums[d]! += chunkSums![d]!
      for (let k = 0; k < count; k++) counts[k]! += chunkCounts![k]!
      spread += chunkSpread![0]!
      for (const tensor of packed) tensor.dispose()
    }
    disposeAll(prepared)
    return { sums, counts, spread, distances: () => this.distances(centres) }
  }

  /** Nearest centre and its distance, for every row. */
  distances(centres: Float32Array): { nearest: Int32Array; distance: Float32Array } {
    const { tf } = currentEngine()
    const { chunks, count, channels } = this.#rows
    const nearest = new Int32Array(count)
    const distance = new Float32Array(count)
    const prepared = this.#prepare(centres, centres.length / channels)
    for (const [i, chunk] of chunks.entries()) {
      const [index, far] = tf.tidy(() => {
        const scores = this.#scores(chunk, prepared)
        return [scores.argMax(1), this.#distance(scores.max(1, true), i)]
      }) as [Tensor, Tensor]
      nearest.set(index.dataSync() as Int32Array, i * CHUNK_ROWS)
      distance.set(far.dataSync() as Float32Array, i * CHUNK_ROWS)
      index.dispose()
      far.dispose()
    }
    disposeAll(prepared)
    return { nearest, distance }
  }

  [Symbol.dispose](): void {
    disposeAll(this.#norms)
  }

  /** cosine: the centres' directions; Euclidean: the centres doubled, and their squared norms. */
  #prepare(centres: Float32Array, count: number): Tensor[] {
    const { tf } = currentEngine()
    return tf.tidy(() => {
      const matrix = tf.tensor2d(centres, [count, this.#rows.channels])
      const squares = matrix.square().sum(1, true)
      return this.#options.distance === 'cosine'
        ? [matrix.div(squares.sqrt().maximum(SMALLEST_NORM))]
        : [matrix.mul(2), squares.transpose()]
    })
  }

  /** Larger is nearer; `[rows, k]`. */
  #scores(chunk: Tensor, [matrix, squares]: readonly Tensor[]): Tensor {
    const { tf } = currentEngine()
    const products = tf.matMul(chunk as Tensor, matrix!, false, true)
    return squares === undefined ? products : products.sub(squares)
  }

  /** From the best score of each row to its distance: 1 − cosine, or the squared Euclidean distance. */
  #distance(best: Tensor, chunk: number): Tensor {
    const { tf } = currentEngine()
    return this.#options.distance === 'cosine'
      ? tf.scalar(1).sub(best.mul(this.#norms[chunk]!))
      : this.#norms[chunk]!.sub(best)
  }

  #directionScale(chunk: number): Tensor {
    const { tf } = currentEngine()
    const norms = this.#norms[chunk]!
    return this.#options.distance === 'cosine' ? norms : tf.scalar(1).div(norms.sqrt().maximum(SMALLEST_NORM))
  }
}

function disposeAll(tensors: readonly Tensor[]): void {
  for (const tensor of tensors) tensor.dispose()
}
