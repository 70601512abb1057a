import { basename } from 'node:path'
import { WorkbenchError } from '../../shared/errors'
import { inTransaction } from './database'
import type { Database } from './database'

const files = import.meta.glob<string>('./migrations/*.sql', { query: '?raw', import: 'default', eager: true })

export interface Migration {
  /** The schema's number once this has run: the file's `NNNN`. */
  readonly version: number
  readonly name: string
  readonly sql: string
}

/** Every migration of this program, first to last: numbered 1, 2, 3 … without a gap. */
export const migrations: readonly Migration[] = Object.entries(files)
  .map(([path, sql]) => ({ version: Number.parseInt(basename(path), 10), name: basename(path), sql }))
  .sort((left, right) => left.version - right.version)

/** The schema that this program reads and writes. */
export const latestVersion = migrations.at(-1)?.version ?? 0

/** Marks the file as ours, "MSKW": any SQLite file may be called project.sqlite. */
export const APPLICATION_ID = 0x4d534b57

export function schemaVersion({ sqlite }: Database): number {
  return Number(sqlite.pragma('user_version', { simple: true }))
}

export function isProjectDatabase({ sqlite }: Database): boolean {
  return Number(sqlite.pragma('application_id', { simple: true })) === APPLICATION_ID
}

/** Runs the migrations that the database has not had, each in its own transaction, `before` each. */
export function migrate(
  database: Database,
  before: (migration: Migration) => void,
  list: readonly Migration[] = migrations,
): void {
  for (const migration of list) {
    if (migration.version <= schemaVersion(database)) continue
    before(migration)
    runMigration(database, migration)
  }
}

/** Foreign keys are checked at the end instead of along the way: SQLite's own advice for rebuilding a table. */
function runMigration(database: Database, migration: Migration): void {
  const { sqlite } = database
  sqlite.pragma('foreign_keys = OFF')
  try {
    inTransaction(database, () => {
      sqlite.exec(migration.sql)
      const broken = sqlite.pragma('foreign_key_check') as readonly unknown[]
      if (broken.length > 0)
        throw new WorkbenchError('INTERNAL', `migration ${migration.name} leaves ${broken.length} broken references`)
      sqlite.pragma(`application_id = ${APPLICATION_ID}`)
      sqlite.pragma(`user_version = ${migration.version}`)
    })
  } finally {
    sqlite.pragma('foreign_keys = ON')
  }
}
