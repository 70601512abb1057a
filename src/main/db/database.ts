import BetterSqlite3 from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import { DatasetClock } from './datasetClock'
import { FilePlace } from './filePlace'
import { LabelClock } from './labelClock'
import { nativeBinding } from './nativeBinding'
import { sqliteError } from './sqliteError'

/** One connection, twice: `sqlite` for pragmas and migrations, `query` for what repositories ask. */
export interface Database {
  readonly sqlite: BetterSqlite3.Database
  readonly query: BetterSQLite3Database
  readonly place: FilePlace
  readonly datasetClock: DatasetClock
  readonly labelClock: LabelClock
  /** Tells whether reviews may be different; they leave all else of the dataset as it was. */
  readonly reviewClock: DatasetClock
}

/** Other programs may look into the file for a moment (a backup tool, `sqlite3`): wait this long before giving up. */
const BUSY_TIMEOUT_MS = 5000

/** Opens the file as it is, without looking at its schema. */
export function openDatabase(file: string, options: { readonly readOnly: boolean }): Database {
  try {
    const sqlite = new BetterSqlite3(file, { ...nativeBinding(), readonly: options.readOnly, timeout: BUSY_TIMEOUT_MS })
    if (!options.readOnly) {
      sqlite.pragma('journal_mode = WAL')
      sqlite.pragma('synchronous = FULL')
    }
    sqlite.pragma('foreign_keys = ON')
    return {
      sqlite,
      query: drizzle(sqlite),
      place: new FilePlace(file),
      datasetClock: new DatasetClock(sqlite),
      labelClock: new LabelClock(),
      reviewClock: new DatasetClock(sqlite),
    }
  } catch (cause) {
    throw sqliteError(cause, file)
  }
}

/**
 * Runs `work` in one transaction: all of it is stored, or none. A transaction inside another is part of it.
 * @throws NOT_A_PROJECT where the project's folder was moved or removed since it was opened
 */
export function inTransaction<Result>({ sqlite, place }: Database, work: () => Result): Result {
  place.assertKept()
  try {
    return sqlite.transaction(work).immediate()
  } catch (cause) {
    throw sqliteError(cause, sqlite.name)
  }
}
