import { statSync, type BigIntStats } from 'node:fs'
import { stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { WorkbenchError } from '../../shared/errors'

/**
 * Where an open database lies. A folder that is moved or removed takes its files along, but not the handles on them:
 * SQLite goes on writing into a file that nobody finds again, and reports no error.
 */
export class FilePlace {
  readonly #file: string
  readonly #opened: BigIntStats | undefined

  /** @param file the database, which was opened a moment ago; one in memory lies nowhere and is never lost */
  constructor(file: string) {
    this.#file = file
    this.#opened = statSync(file, { bigint: true, throwIfNoEntry: false })
  }

  /** Whether the file that was opened is still the one at its path. */
  async isKept(): Promise<boolean> {
    return this.#isSame(await stat(this.#file, { bigint: true }).catch(() => undefined))
  }

  /** @throws NOT_A_PROJECT where what is written would be found by nobody */
  assertKept(): void {
    const now = statSync(this.#file, { bigint: true, throwIfNoEntry: false })
    if (this.#isSame(now)) return
    if (now !== undefined)
      throw new WorkbenchError(
        'NOT_A_PROJECT',
        `${this.#file} was put in the place of the one that is open: nothing can be saved. Open the project again.`,
      )
    throw goneError(dirname(this.#file))
  }

  #isSame(now: BigIntStats | undefined): boolean {
    if (this.#opened === undefined) return true
    return now !== undefined && now.ino === this.#opened.ino && now.dev === this.#opened.dev
  }
}

/** There is no such folder, or no longer. */
export function goneError(folder: string): WorkbenchError {
  return new WorkbenchError(
    'NOT_A_PROJECT',
    `There is no folder ${folder}: it was moved, renamed or removed, or its disk is not connected. Put it back, or open it where it is now.`,
  )
}
