/** Weight of a moment fades to 1/e over this time: long enough to smooth, short enough to notice a slow-down. */
const memoryMs = 20_000
/** Below this there is nothing to be honest about: the first photos pay for the warming up. */
const shortestMs = 1_500

/**
 * How long a stage still takes, from how fast it has been going lately: an exponentially weighted rate, the weight
 * of what happened t ms ago being e^(−t / 20 s), corrected for the time before the stage began. A new stage, or a
 * count that falls, begins anew.
 */
export class Estimate {
  #stage: string | undefined
  #done = 0
  #startedAt = 0
  #at = 0
  #fadedDone = 0
  #fadedMs = 0

  /**
   * @param at  milliseconds of a clock that does not jump
   * @returns   milliseconds until `total`, or null while nobody can say
   */
  update(stage: string, done: number, total: number, at: number): number | null {
    if (stage !== this.#stage || done < this.#done) this.#begin(stage, done, at)
    const passed = at - this.#at
    const fade = Math.exp(-passed / memoryMs)
    this.#fadedDone = this.#fadedDone * fade + (done - this.#done)
    this.#fadedMs = this.#fadedMs * fade + passed
    this.#done = done
    this.#at = at
    if (done >= total) return 0
    if (at - this.#startedAt < shortestMs || this.#fadedDone <= 0) return null
    return ((total - done) * this.#fadedMs) / this.#fadedDone
  }

  #begin(stage: string, done: number, at: number): void {
    this.#stage = stage
    this.#done = done
    this.#startedAt = at
    this.#at = at
    this.#fadedDone = 0
    this.#fadedMs = 0
  }
}
