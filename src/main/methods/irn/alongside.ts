/** Work that goes on beside the caller's, so many pieces of it at once. */
export class Alongside {
  readonly #running: Promise<void>[] = []

  constructor(readonly limit: number) {}

  /** Starts `work`, once there is room for it. @throws what an earlier piece met */
  async add(work: () => Promise<void>): Promise<void> {
    while (this.#running.length >= this.limit) await this.#running.shift()
    const running = work()
    running.catch(() => undefined) // reported when it is awaited
    this.#running.push(running)
  }

  /** Waits for all of it. @throws what one of them met */
  async finish(): Promise<void> {
    while (this.#running.length > 0) await this.#running.shift()
  }

  /** Waits until nothing runs any more, whatever became of it. */
  async settle(): Promise<void> {
    await Promise.allSettled(this.#running)
  }
}
