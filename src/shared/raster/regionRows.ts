import type { Region } from './region'

/** A region's runs by row, to look at rows around a pixel without walking through all of them. */
export class RegionRows {
  readonly #runs: Int32Array
  /** First row that has runs, and for each row from it on the place of its first run; one more at the end. */
  readonly #top: number
  readonly #starts: Int32Array
  /** `[runs + 1]`: pixels in all runs before each. */
  readonly #before: Float64Array

  constructor({ runs }: Region) {
    const count = runs.length / 3
    this.#runs = runs
    this.#top = count === 0 ? 0 : runs[0]!
    const rows = count === 0 ? 0 : runs[runs.length - 3]! + 1 - this.#top
    this.#starts = new Int32Array(rows + 1).fill(count)
    this.#before = new Float64Array(count + 1)
    for (let run = 0; run < count; run++)
      this.#before[run + 1] = this.#before[run]! + runs[run * 3 + 2]! - runs[run * 3 + 1]!
    for (let run = count - 1; run >= 0; run--) this.#starts[runs[run * 3]! - this.#top] = run
    for (let row = rows - 1; row >= 0; row--) this.#starts[row] = Math.min(this.#starts[row]!, this.#starts[row + 1]!)
  }

  /** Calls `visit` with the runs of row y, from left to right. */
  forEachRun(y: number, visit: (x0: number, x1: number) => void): void {
    const [first, end] = this.#range(y)
    for (let run = first; run < end; run++) visit(this.#runs[run * 3 + 1]!, this.#runs[run * 3 + 2]!)
  }

  /** How many pixels of row y lie in columns x0 … x1 − 1. */
  count(y: number, x0: number, x1: number): number {
    const [first, end] = this.#range(y)
    return first === end ? 0 : this.#until(first, end, x1) - this.#until(first, end, x0)
  }

  has(x: number, y: number): boolean {
    return this.count(y, x, x + 1) === 1
  }

  #range(y: number): readonly [first: number, end: number] {
    const row = y - this.#top
    return row < 0 || row + 1 >= this.#starts.length ? [0, 0] : [this.#starts[row]!, this.#starts[row + 1]!]
  }

  /** Pixels of a row's runs before column x, and of all runs before that row. */
  #until(first: number, end: number, x: number): number {
    let [low, high] = [first, end]
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.#runs[middle * 3 + 2]! <= x) low = middle + 1
      else high = middle
    }
    return this.#before[low]! + (low < end ? Math.max(0, x - this.#runs[low * 3 + 1]!) : 0)
  }
}
