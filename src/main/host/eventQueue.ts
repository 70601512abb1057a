import type { StreamedEvent, WorkbenchEvent } from '../../shared/contract/events'

/** Events that wait for a slow tab at most; beyond, looking at everything again is cheaper. */
const mostWaiting = 1_000

/**
 * What waits for one tab. A newer event takes the place of one that it makes out of date, so that a tab which was
 * asleep hears a run's progress once; one that falls too far behind hears `reset` instead of everything.
 */
export class EventQueue {
  /** In order of their ids: a replaced event moves to the end. */
  readonly #waiting = new Map<string, StreamedEvent>()
  #wake: (() => void) | undefined

  push(streamed: StreamedEvent): void {
    const key = replacedBy(streamed.event) ?? streamed.id
    this.#waiting.delete(key)
    this.#waiting.set(key, streamed)
    if (this.#waiting.size > mostWaiting) {
      this.#waiting.clear()
      this.#waiting.set('reset', { id: streamed.id, event: { type: 'reset' } })
    }
    this.#wake?.()
  }

  /** The oldest event; waits for one where there is none. @returns undefined once `signal` aborts */
  async next(signal: AbortSignal): Promise<StreamedEvent | undefined> {
    while (this.#waiting.size === 0 && !signal.aborted) await this.#something(signal)
    if (signal.aborted) return undefined
    for (const [key, streamed] of this.#waiting) {
      this.#waiting.delete(key)
      return streamed
    }
    return undefined
  }

  async #something(signal: AbortSignal): Promise<void> {
    const woken = new AbortController()
    await new Promise<void>(resolve => {
      this.#wake = resolve
      signal.addEventListener('abort', () => resolve(), { once: true, signal: woken.signal })
    })
    this.#wake = undefined
    woken.abort() // one stream waits many times on the same signal: its listeners must not add up
  }
}

/** Events of the same name say the same of a later moment; undefined: each one counts. */
function replacedBy(event: WorkbenchEvent): string | undefined {
  switch (event.type) {
    case 'projects':
    case 'settings':
    case 'reset':
      return event.type
    case 'dataset':
    case 'evaluations':
      return `${event.type} ${event.project}`
    case 'task':
      return `task ${event.task.id}`
    case 'run':
      return event.event.type === 'progress' || event.event.type === 'metrics'
        ? `${event.event.type} ${event.project} ${event.event.runId} ${event.event.step}`
        : undefined
  }
}
