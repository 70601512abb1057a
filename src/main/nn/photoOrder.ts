import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { epochOrder } from './augment'
import { keyedGenerator } from './random'

/** A photo as it is drawn: augmentation is keyed by all three, so that no two samples of a training are the same. */
export interface DrawnPhoto {
  /** Place in the list that is trained on. */
  readonly photo: number
  readonly epoch: number
  /** How often the epoch drew it before. */
  readonly repeat: number
}

/**
 * Which photo a training sees when. An epoch has as many samples as there are photos, whatever the factors: photo i comes
 * ⌊e⌋ or ⌈e⌉ times, e = N · factor_i / Σ factor, by systematic sampling from a start that the epoch draws. With equal
 * factors every photo comes once. It depends on the seed alone: a resumed run sees the same.
 */
export class PhotoOrder {
  readonly #factors: Float64Array
  readonly #seed: number
  readonly #epochs = new Map<number, readonly DrawnPhoto[]>()

  /** @param factors one a photo, > 0 */
  constructor(factors: Float64Array, seed: number) {
    this.#factors = factors
    this.#seed = seed
  }

  /** @param index of the sample, counted through all epochs */
  at(index: number): DrawnPhoto {
    const count = this.#factors.length
    return this.#epoch(Math.floor(index / count))[index % count]!
  }

  /** A batch may take the end of one epoch and the start of the next: two are remembered. */
  #epoch(epoch: number): readonly DrawnPhoto[] {
    const known = this.#epochs.get(epoch)
    if (known !== undefined) return known
    const drawn = this.#draw(epoch)
    const order = Array.from(epochOrder(drawn.length, { seed: this.#seed, epoch }), place => drawn[place]!)
    for (const earlier of this.#epochs.keys()) if (Math.abs(earlier - epoch) > 1) this.#epochs.delete(earlier)
    this.#epochs.set(epoch, order)
    return order
  }

  /** The samples of an epoch, in the order of the photos. */
  #draw(epoch: number): DrawnPhoto[] {
    const count = this.#factors.length
    const start = uniformFloat64(keyedGenerator('photos', this.#seed, epoch))
    const total = this.#factors.reduce((sum, factor) => sum + factor, 0)
    const drawn: DrawnPhoto[] = []
    let reached = 0
    this.#factors.forEach((factor, photo) => {
      reached += factor
      const until = photo === count - 1 ? count : Math.ceil((reached / total) * count - start)
      for (let repeat = 0; drawn.length < until; repeat++) drawn.push({ photo, epoch, repeat })
    })
    return drawn
  }
}
