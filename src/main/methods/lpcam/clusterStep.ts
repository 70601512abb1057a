import type { Tensor, Tensor2D } from '@tensorflow/tfjs'
import { currentEngine } from '../../engine/current'
import type { LpcamOptions } from './options'
import { CHUNK_ROWS, type Rows } from './rows'

/** Norms below this count as this: a feature of zeros is at distance 1 from everything instead of NaN. */
const SMALLEST_NORM = 1e-12

/** What rows chose. */
interface Choices {
  /** Nearest centre of each row, the first of equals. */
  readonly nearest: Int32Array
  /** Its distance: 1 − cosine, or the squared Euclidean distance. */
  readonly distance: Float32Array
}

/** One assignment of all rows, with what the update needs. */
export interface Assignment {
  /** `[k, channels]`, sums of the assigned rows (of their directions for a spherical update), in double precision. */
  readonly sums: Float64Array
  readonly counts: Int32Array
  /** Sum of all distances. */
  readonly spread: number
  /** Nearest centre and distance of every row; computed only when asked for. */
  readonly distances: () => Choices
}

/**
 * Assigns rows to centres and sums them, chunk by chunk: two matrix products a chunk, X·Cᵀ and weightsᵀ·X, on the
 * engine. The choice between them is made here: a dozen scores a row are compared faster than four operations start.
 *
 * The cosine needs no normalised copy of X: 1/|x| scales all scores of a row alike and cannot change its argmax.
 */
export class ClusterStep {
  readonly #rows: Rows
  readonly #options: Pick<LpcamOptions, 'distance' | 'update'>
  /** |x|² of each row, one array a chunk. */
  readonly #squares: readonly Float32Array[]

  constructor(rows: Rows, options: Pick<LpcamOptions, 'distance' | 'update'>) {
    const { tf } = currentEngine()
    this.#rows = rows
    this.#options = options
    this.#squares = rows.chunks.map(chunk => readBack(() => tf.sum(tf.square(chunk), 1)))
  }

  /** @param centres `[k, channels]` */
  assign(centres: Float32Array): Assignment {
    const { tf } = currentEngine()
    const count = centres.length / this.#rows.channels
    const sums = new Float64Array(centres.length)
    const counts = new Int32Array(count)
    let spread = 0
    this.#choose(centres, ({ nearest, distance }, place) => {
      const weights = this.#weights(nearest, count, place)
      const chunk = this.#rows.chunks[place]!
      const chunkSums = readBack(() => tf.matMul(tf.tensor2d(weights, [nearest.length, count]), chunk, true, false))
      for (let d = 0; d < sums.length; d++) sums[d]! += chunkSums[d]!
      for (let i = 0; i < nearest.length; i++) {
        counts[nearest[i]!]!++
        spread += distance[i]!
      }
    })
    return { sums, counts, spread, distances: () => this.distances(centres) }
  }

  /** Nearest centre and its distance, for every row. */
  distances(centres: Float32Array): Choices {
    const { count } = this.#rows
    const all = { nearest: new Int32Array(count), distance: new Float32Array(count) }
    this.#choose(centres, ({ nearest, distance }, place) => {
      all.nearest.set(nearest, place * CHUNK_ROWS)
      all.distance.set(distance, place * CHUNK_ROWS)
    })
    return all
  }

  /** Hands over what the rows of each chunk choose. */
  #choose(centres: Float32Array, visit: (choices: Choices, place: number) => void): void {
    const { tf } = currentEngine()
    const { chunks, channels } = this.#rows
    const { distance } = this.#options
    const count = centres.length / channels
    const norms = squaredNorms(centres, channels)
    const scaled = distance === 'cosine' ? directions(centres, norms) : centres
    const matrix = tf.tidy(() => tf.tensor2d(scaled, [count, channels]).transpose<Tensor2D>())
    for (const [place, chunk] of chunks.entries()) {
      const products = readBack(() => tf.matMul(chunk, matrix))
      const squares = this.#squares[place]!
      const chosen = distance === 'cosine' ? byCosine(products, squares) : byEuclid(products, squares, norms)
      visit(chosen, place)
    }
    matrix.dispose()
  }

  /** `[rows, k]`: what each row adds to each centre's sum. */
  #weights(nearest: Int32Array, count: number, place: number): Float32Array {
    const { update } = this.#options
    const squares = this.#squares[place]!
    const weights = new Float32Array(nearest.length * count)
    for (let i = 0; i < nearest.length; i++)
      weights[i * count + nearest[i]!] = update === 'spherical' ? 1 / normOf(squares[i]!) : 1
    return weights
  }
}

/** @param products `[rows, k]` of the rows and the centres' directions */
function byCosine(products: Float32Array, squares: Float32Array): Choices {
  const rows = squares.length
  const count = products.length / rows
  const chosen = { nearest: new Int32Array(rows), distance: new Float32Array(rows) }
  for (let i = 0; i < rows; i++) {
    let best = 0
    for (let k = 1; k < count; k++) if (products[i * count + k]! > products[i * count + best]!) best = k
    chosen.nearest[i] = best
    chosen.distance[i] = 1 - products[i * count + best]! / normOf(squares[i]!)
  }
  return chosen
}

/** |x − c|² = |x|² − 2 x·c + |c|²; `products` `[rows, k]` of the rows and the centres. */
function byEuclid(products: Float32Array, squares: Float32Array, norms: Float64Array): Choices {
  const rows = squares.length
  const count = norms.length
  const chosen = { nearest: new Int32Array(rows), distance: new Float32Array(rows) }
  for (let i = 0; i < rows; i++) {
    let best = 0
    let least = Infinity
    for (let k = 0; k < count; k++) {
      const far = norms[k]! - 2 * products[i * count + k]!
      if (far < least) [best, least] = [k, far]
    }
    chosen.nearest[i] = best
    chosen.distance[i] = squares[i]! + least
  }
  return chosen
}

/** |c|² of each row of `[k, channels]`. */
function squaredNorms(centres: Float32Array, channels: number): Float64Array {
  const norms = new Float64Array(centres.length / channels)
  for (let i = 0; i < centres.length; i++) norms[Math.floor(i / channels)]! += centres[i]! ** 2
  return norms
}

function directions(centres: Float32Array, norms: Float64Array): Float32Array {
  const channels = centres.length / norms.length
  return centres.map((value, i) => value / normOf(norms[Math.floor(i / channels)]!))
}

function normOf(square: number): number {
  return Math.max(Math.sqrt(square), SMALLEST_NORM)
}

/** The values of a tensor that nobody else needs. */
function readBack(compute: () => Tensor): Float32Array {
  const tensor = currentEngine().tf.tidy(compute)
  try {
    return tensor.dataSync() as Float32Array
  } finally {
    tensor.dispose()
  }
}
