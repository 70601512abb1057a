import type { ToWorker } from './protocol/messages'

/** Pause, resume and cancel of the run that is going on, from whoever may ask: the terminal, the window. */
export class RunControl {
  readonly #abort = new AbortController()
  #send: ((message: ToWorker) => void) | undefined
  #paused = false
  #restingSince: number | undefined
  #restedMs = 0

  get signal(): AbortSignal {
    return this.#abort.signal
  }

  get paused(): boolean {
    return this.#paused
  }

  cancel(): void {
    this.#abort.abort()
    this.#send?.({ type: 'cancel' })
  }

  pause(): void {
    this.#paused = true
    this.#send?.({ type: 'pause' })
  }

  /** The step has come to rest: from now on it computes nothing. */
  rest(): void {
    this.#restingSince ??= performance.now()
  }

  /** Milliseconds that the run has rested so far: they are no part of what a step takes. */
  get restedMs(): number {
    return this.#restedMs + (this.#restingSince === undefined ? 0 : performance.now() - this.#restingSince)
  }

  resume(): void {
    this.#restedMs = this.restedMs
    this.#restingSince = undefined
    this.#paused = false
    this.#send?.({ type: 'resume' })
  }

  /** A step has begun in a worker: what was asked between two steps reaches it first. */
  attach(send: (message: ToWorker) => void): void {
    this.#send = send
    if (this.#paused) send({ type: 'pause' })
    if (this.signal.aborted) send({ type: 'cancel' })
  }

  detach(): void {
    this.#send = undefined
  }
}
