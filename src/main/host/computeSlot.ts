/** One run computes at a time, whatever the number of open projects: they wait here for each other, in order. */
export class ComputeSlot {
  #last: Promise<unknown> = Promise.resolve()

  async use<Result>(work: () => Promise<Result>): Promise<Result> {
    const before = this.#last
    const turn = before.then(work, work)
    this.#last = turn.catch(() => undefined)
    return turn
  }
}
