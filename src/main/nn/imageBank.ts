import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { epochOrder } from './augment'
import { keyedGenerator } from './random'

/** A photo as an epoch drew it: its augmentation is keyed by the two, so the very sample can be made again. */
export interface BankSample {
  /** Place of the photo in the list that is trained on. */
  readonly photo: number
  readonly epoch: number
}

export interface BankOptions {
  readonly seed: number
  readonly batch: number
  /** Samples drawn beside every batch. */
  readonly draws: number
}

/**
 * Image bank re-sampling (SFC, arXiv:2401.11719; Barrett-python/SFC@4f624a9): the bank holds the latest sample of every
 * class, and beside every batch a few of its slots are drawn evenly, so that rare classes are seen as often as common
 * ones. A batch enters the bank before slots are drawn from it; the last writer of a slot stays.
 *
 * It is bookkeeping alone. What it holds at a step follows from the seed, so that a resumed training finds it again by
 * replaying the epochs' orders, and no picture is kept. Only filled slots are drawn (the reference also draws empty ones
 * at first: black pictures without a class).
 */
export class ImageBank {
  readonly #slots: (BankSample | undefined)[]
  readonly #labels: readonly (readonly number[])[]
  readonly #options: BankOptions
  readonly #stepsPerEpoch: number
  #order: { readonly epoch: number; readonly photos: Int32Array } | undefined
  /** Steps whose batch has entered. */
  #entered = 0

  /** @param labels classes of each photo that is trained on */
  constructor(labels: readonly (readonly number[])[], classes: number, options: BankOptions) {
    this.#labels = labels
    this.#options = options
    this.#slots = new Array<BankSample | undefined>(classes).fill(undefined)
    this.#stepsPerEpoch = Math.floor(labels.length / options.batch)
  }

  /** The samples of one step: its batch, then what is drawn beside it (nothing while no slot is filled). */
  samplesAt(step: number): readonly BankSample[] {
    if (step < this.#entered - 1) this.#forget()
    for (; this.#entered <= step; this.#entered++)
      for (const sample of this.#batchAt(this.#entered)) this.#enter(sample)
    return [...this.#batchAt(step), ...this.#draw(step)]
  }

  #batchAt(step: number): BankSample[] {
    const { seed, batch } = this.#options
    const epoch = Math.floor(step / this.#stepsPerEpoch)
    if (this.#order?.epoch !== epoch) this.#order = { epoch, photos: epochOrder(this.#labels.length, { seed, epoch }) }
    const first = (step % this.#stepsPerEpoch) * batch
    return Array.from(this.#order.photos.subarray(first, first + batch), photo => ({ photo, epoch }))
  }

  #enter(sample: BankSample): void {
    for (const label of this.#labels[sample.photo]!) this.#slots[label] = sample
  }

  #draw(step: number): BankSample[] {
    const filled = this.#slots.filter(slot => slot !== undefined)
    if (filled.length === 0) return []
    const generator = keyedGenerator('bank', this.#options.seed, step)
    return Array.from({ length: this.#options.draws }, () => filled[uniformInt(generator, 0, filled.length - 1)]!)
  }

  #forget(): void {
    this.#slots.fill(undefined)
    this.#entered = 0
  }
}

/**
 * How often the bank lets each photo be seen for every time that its epoch shows it: 1 + draws/batch · N/C' · Σ 1/n_c over
 * its classes, C' counting the classes with photos. A slot holds each photo of its class alike often, so this is what
 * drawing comes to in the long run, for heads that are fitted to convergence instead of by steps.
 *
 * @param labels classes of each photo
 * @returns one weight a photo, ≥ 1; their mean is 1 + draws / batch
 */
export function bankWeights(
  labels: readonly (readonly number[])[],
  classes: number,
  { batch, draws }: Pick<BankOptions, 'batch' | 'draws'>,
): Float32Array {
  const counts = new Array<number>(classes).fill(0)
  for (const photo of labels) for (const label of photo) counts[label]!++
  const present = counts.filter(count => count > 0).length
  const each = present === 0 ? 0 : ((draws / batch) * labels.length) / present
  return Float32Array.from(labels, photo => 1 + each * photo.reduce((sum, label) => sum + 1 / counts[label]!, 0))
}
