import type BetterSqlite3 from 'better-sqlite3'

/**
 * Tells whether photos, classes or masks may be different from before, so that what was worked out from them can be kept
 * until then. Labels have a clock of their own; curves and logs of a run, which are written all the time, move none.
 */
export class DatasetClock {
  readonly #sqlite: BetterSqlite3.Database
  #changes = 0

  constructor(sqlite: BetterSqlite3.Database) {
    this.#sqlite = sqlite
  }

  /** Whoever writes to those tables says so. */
  tick(): void {
    this.#changes++
  }

  /** Another value than before: something may be different. Changes of other programs count too, whatever they are. */
  get now(): string {
    return `${this.#changes}.${String(this.#sqlite.pragma('data_version', { simple: true }))}`
  }
}
