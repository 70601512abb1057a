import type { DatasetClock } from './datasetClock'

/** Answers worked out from the dataset, kept until it changes; the one that was not asked for the longest goes first. */
export class KeptUntilChange<Value> {
  readonly #clock: DatasetClock
  readonly #most: number
  readonly #kept = new Map<string, Value>()
  #madeAt = ''

  constructor(clock: DatasetClock, most: number) {
    this.#clock = clock
    this.#most = most
  }

  get(question: string, answer: () => Value): Value {
    if (this.#madeAt !== this.#clock.now) this.#kept.clear()
    this.#madeAt = this.#clock.now
    const kept = this.#kept.get(question)
    const value = kept ?? answer()
    this.#kept.delete(question) // put behind the others again
    this.#kept.set(question, value)
    for (const oldest of [...this.#kept.keys()].slice(0, -this.#most)) this.#kept.delete(oldest)
    return value
  }
}
