import { mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Backup, BackupKind } from '../../shared/contract/backup'
import { schemaVersion } from './migrate'
import { sqliteError } from './sqliteError'
import type { Database } from './database'

const BACKUP_NAME =
  /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})(\d{3})Z-schema(\d+)(?:-(daily|migration|restore))?\.sqlite$/

/** Daily backups that are kept: a week of them. */
export const keptDailies = 7

/**
 * Copies the whole database, as it is now, into `folder`: a single file that takes the place of project.sqlite when
 * needed. It appears under its name only when it is complete. @returns the file's path
 */
export function backUp(database: Database, folder: string, kind: BackupKind = 'manual', now = new Date()): string {
  const time = now.toISOString().replace(/[-:.]/g, '')
  const ending = kind === 'manual' ? '' : `-${kind}`
  const file = join(folder, `${time}-schema${schemaVersion(database)}${ending}.sqlite`)
  const partial = `${file}.partial`
  try {
    mkdirSync(folder, { recursive: true })
    database.sqlite.prepare('VACUUM INTO ?').run(partial)
    renameSync(partial, file)
  } catch (cause) {
    rmSync(partial, { force: true })
    throw sqliteError(cause, partial)
  }
  return file
}

/**
 * The day's backup: made when the project is opened for the first time on a day of this machine's clock, so that it
 * holds the state before that day's work. Only daily ones are removed again, the oldest first.
 * @returns the file, or undefined where today's is there
 */
export function backUpDaily(database: Database, folder: string, now = new Date()): string | undefined {
  const dailies = listBackups(folder).filter(({ kind }) => kind === 'daily')
  if (dailies.some(({ madeAt }) => new Date(madeAt).toDateString() === now.toDateString())) return undefined
  const file = backUp(database, folder, 'daily', now)
  for (const { name } of dailies.slice(0, Math.max(0, dailies.length + 1 - keptDailies)))
    rmSync(join(folder, name), { force: true })
  return file
}

/** The backups in `folder`, oldest first. */
export function listBackups(folder: string): readonly Backup[] {
  return namesIn(folder)
    .sort()
    .flatMap(name => backupCalled(folder, name) ?? [])
}

/** What the name says; undefined for a file that is no backup of ours, or that is gone by now. */
function backupCalled(folder: string, name: string): Backup | undefined {
  const match = BACKUP_NAME.exec(name)
  const stats = statSync(join(folder, name), { throwIfNoEntry: false })
  if (!match || stats === undefined) return undefined
  const [, year, month, day, hour, minute, second, ms, schema, kind] = match
  return {
    name,
    kind: (kind ?? 'manual') as BackupKind,
    madeAt: Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${ms}Z`),
    schema: Number(schema),
    bytes: stats.size,
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return [] // no backup was made yet, so there is no folder
  }
}
