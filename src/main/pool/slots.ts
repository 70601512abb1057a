import { setMaxListeners } from 'node:events'

interface Waiting {
  readonly enter: () => void
  readonly refuse: (reason: unknown) => void
}

/** A number of places; whoever finds none free waits in line. */
export class Slots {
  #taken = 0
  readonly #count: number
  #closed: Error | undefined
  readonly #line: Waiting[] = []

  constructor(count: number) {
    this.#count = count
  }

  /** Resolves once a place is free. @throws the signal's reason when it is aborted before */
  async take(signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted()
    if (this.#closed) throw this.#closed
    if (this.#taken < this.#count) this.#taken++
    else await this.#wait(signal)
  }

  /** Gives a place back: to the first in line, if any. */
  release(): void {
    const next = this.#line.shift()
    if (next === undefined) this.#taken--
    else next.enter()
  }

  /** Refuses everyone in line and everyone to come. */
  close(reason: Error): void {
    this.#closed = reason
    for (const { refuse } of this.#line.splice(0)) refuse(reason)
  }

  #wait(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#line.splice(this.#line.indexOf(waiting), 1)
        reject(signal?.reason as Error)
      }
      const settle = (end: () => void) => {
        signal?.removeEventListener('abort', leave)
        end()
      }
      const waiting: Waiting = {
        enter: () => settle(resolve),
        refuse: reason => settle(() => reject(reason as Error)),
      }
      this.#line.push(waiting)
      if (!signal) return
      // A run has one signal and many tasks: more listeners than Node takes for a leak.
      setMaxListeners(0, signal)
      signal.addEventListener('abort', leave, { once: true })
    })
  }
}
