import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'

/** One line of a run's log: when, in which step (null: between steps), what. */
export interface LogLine {
  readonly at: string
  readonly step: string | null
  readonly line: string
}

/** `runs/<id>/log.ndjson`, appended to for as long as the run lives, also over resumes. */
export class RunLog implements Disposable {
  readonly #file: number

  constructor(runFolder: string) {
    mkdirSync(runFolder, { recursive: true })
    this.#file = openSync(join(runFolder, 'log.ndjson'), 'a')
  }

  write(step: string | null, line: string): void {
    const entry: LogLine = { at: new Date().toISOString(), step, line }
    writeSync(this.#file, `${JSON.stringify(entry)}\n`)
  }

  [Symbol.dispose](): void {
    closeSync(this.#file)
  }
}
