import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { schemaVersion } from './migrate'
import { sqliteError } from './sqliteError'
import type { Database } from './database'

const BACKUP_NAME = /^\d{8}T\d{9}Z-schema\d+\.sqlite$/

/**
 * Copies the whole database, as it is now, into `folder`: a single file that takes the place of project.sqlite when
 * needed. It appears under its name only when it is complete. @returns the file's path
 */
export function backUp(database: Database, folder: string): string {
  mkdirSync(folder, { recursive: true })
  const time = new Date().toISOString().replace(/[-:.]/g, '')
  const file = join(folder, `${time}-schema${schemaVersion(database)}.sqlite`)
  const partial = `${file}.partial`
  try {
    database.sqlite.prepare('VACUUM INTO ?').run(partial)
    renameSync(partial, file)
  } catch (cause) {
    rmSync(partial, { force: true })
    throw sqliteError(cause, partial)
  }
  return file
}

/** The backups in `folder`, oldest first. */
export function listBackups(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter(name => BACKUP_NAME.test(name))
      .sort()
      .map(name => join(folder, name))
  } catch {
    return [] // no backup was made yet, so there is no folder
  }
}
