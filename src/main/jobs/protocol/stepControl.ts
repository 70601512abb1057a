import { setImmediate } from 'node:timers/promises'

/** Pause, resume and cancel of the step that is running, as its `checkpoint()` meets them. */
export class StepControl {
  readonly #abort = new AbortController()
  readonly #onPaused: () => void
  #gate: Gate | undefined

  /** @param onPaused called each time the step has come to rest at a checkpoint */
  constructor(onPaused: () => void) {
    this.#onPaused = onPaused
  }

  get signal(): AbortSignal {
    return this.#abort.signal
  }

  pause(): void {
    this.#gate ??= closedGate()
  }

  resume(): void {
    this.#gate?.open()
    this.#gate = undefined
  }

  cancel(): void {
    this.#abort.abort()
    this.resume()
  }

  /** Lets messages in, waits while paused, throws AbortError when cancelled. */
  async checkpoint(): Promise<void> {
    await setImmediate()
    while (this.#gate !== undefined && !this.signal.aborted) {
      this.#onPaused()
      await this.#gate.opened
    }
    this.signal.throwIfAborted()
  }
}

interface Gate {
  readonly opened: Promise<void>
  readonly open: () => void
}

function closedGate(): Gate {
  let open!: () => void
  const opened = new Promise<void>(resolve => {
    open = resolve
  })
  return { opened, open }
}
