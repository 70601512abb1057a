import type { ErrorData } from '../../../../../shared/errors'

/** How the changes of one photo are doing on their way to the disk. */
export type OutboxState =
  | { readonly kind: 'saved' }
  | { readonly kind: 'saving' }
  /** It is tried again by itself at `retryAt`, in ms of the page's clock; null: it makes no sense to. */
  | { readonly kind: 'failed'; readonly error: ErrorData; readonly retryAt: number | null }
  /** Another window was first: nothing more is sent until a person has chosen. */
  | { readonly kind: 'conflict'; readonly error: ErrorData }

export interface OutboxSetup {
  readonly report: (state: OutboxState) => void
  readonly errorOf: (error: unknown) => ErrorData
  /** Waits from try to try, ms; the last one goes on. */
  readonly waits?: readonly number[]
}

const usualWaits = [500, 1_000, 2_000, 5_000]
const final: readonly ErrorData['code'][] = ['CONFLICT', 'READ_ONLY', 'BAD_INPUT', 'SHAPE_MISMATCH', 'NOT_FOUND']

/** Whether it does not get better by waiting. */
export function isFinal({ code }: ErrorData): boolean {
  return final.includes(code)
}

/**
 * Sends what changed in the order in which it changed, one thing at a time: a stroke that fails is tried again before
 * the next one is, so that what the disk holds is always how the photo once was.
 */
export class Outbox {
  readonly #setup: OutboxSetup
  readonly #waiting: (() => Promise<void>)[] = []
  #state: OutboxState = { kind: 'saved' }
  #sending: Promise<void> | undefined
  #wake: (() => void) | undefined
  #settled: (() => void)[] = []

  constructor(setup: OutboxSetup) {
    this.#setup = setup
  }

  get state(): OutboxState {
    return this.#state
  }

  get isEmpty(): boolean {
    return this.#waiting.length === 0
  }

  /** @param send is called again when it failed: it reads what it needs at that moment */
  add(send: () => Promise<void>): void {
    this.#waiting.push(send)
    if (this.#state.kind === 'saved') this.#tell({ kind: 'saving' })
    this.#sending ??= this.#run()
  }

  /** Tries at once what waits for its next try, and what was given up. */
  retry(): void {
    if (this.#sending === undefined && !this.isEmpty) this.#sending = this.#run()
    else this.#wake?.()
  }

  /** Forgets what was not sent: a person chose what the other window has. */
  drop(): void {
    this.#waiting.length = 0
    if (this.#sending === undefined) this.#tell({ kind: 'saved' })
    else this.#wake?.()
  }

  /** Resolves once everything is sent, or nothing more will be until a person acts. */
  settled(): Promise<void> {
    if (this.#sending === undefined) return Promise.resolve()
    return new Promise(resolve => this.#settled.push(resolve))
  }

  async #run(): Promise<void> {
    let tries = 0
    for (let send = this.#waiting[0]; send !== undefined; send = this.#waiting[0]) {
      try {
        await send()
        if (this.#waiting[0] === send) this.#waiting.shift()
        tries = 0
      } catch (cause) {
        if (this.#waiting[0] !== send) continue // it was dropped meanwhile
        if (!(await this.#wait(this.#setup.errorOf(cause), tries++))) return this.#end()
      }
    }
    this.#tell({ kind: 'saved' })
    this.#end()
  }

  /** @returns whether to try again */
  async #wait(error: ErrorData, tries: number): Promise<boolean> {
    if (isFinal(error)) {
      this.#tell(error.code === 'CONFLICT' ? { kind: 'conflict', error } : { kind: 'failed', error, retryAt: null })
      return false
    }
    const waits = this.#setup.waits ?? usualWaits
    const wait = waits[Math.min(tries, waits.length - 1)]!
    this.#tell({ kind: 'failed', error, retryAt: performance.now() + wait })
    await new Promise<void>(resolve => {
      const timer = setTimeout(resolve, wait)
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
    this.#wake = undefined
    return true
  }

  #end(): void {
    this.#sending = undefined
    for (const resolve of this.#settled.splice(0)) resolve()
  }

  #tell(state: OutboxState): void {
    this.#state = state
    this.#setup.report(state)
  }
}
