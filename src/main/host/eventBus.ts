import { randomBytes } from 'node:crypto'
import type { StreamedEvent, WorkbenchEvent } from '../../shared/contract/events'

/** Events kept for tabs that come back: some minutes of a busy run. */
const keptEvents = 5_000

type Listener = (event: StreamedEvent) => void

/**
 * Everything that happens, for whoever listens. Ids are `<start of the program>-<number>`, so that an id of an earlier
 * start is recognised as one.
 */
export class EventBus {
  readonly #epoch = randomBytes(4).toString('hex')
  readonly #listeners = new Set<Listener>()
  #kept: StreamedEvent[] = []
  #last = 0

  emit(event: WorkbenchEvent): void {
    const streamed = { id: `${this.#epoch}-${++this.#last}`, event }
    this.#kept.push(streamed)
    if (this.#kept.length > 2 * keptEvents) this.#kept = this.#kept.slice(-keptEvents)
    for (const listener of this.#listeners) listener(streamed)
  }

  /** Hears what comes from now on. @returns how to stop */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** What happened after the event `lastId`; a `reset` where that is not known any more. */
  since(lastId: string): readonly StreamedEvent[] {
    const [epoch, number] = lastId.split('-')
    const missed = this.#last - Number(number)
    if (epoch === this.#epoch && missed >= 0 && missed <= this.#kept.length)
      return missed === 0 ? [] : this.#kept.slice(-missed)
    return [{ id: `${this.#epoch}-${this.#last}`, event: { type: 'reset' } }]
  }

  /** Id of the newest event. */
  get lastId(): string {
    return `${this.#epoch}-${this.#last}`
  }
}
