import { closeSync, copyFileSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import type { Backup, Restored } from '../../shared/contract/backup'
import { WorkbenchError } from '../../shared/errors'
import { backUp, listBackups } from './backup'
import { openDatabase } from './database'
import { lockProject } from './lock'
import { isProjectDatabase, latestVersion } from './migrate'

/**
 * Puts a backup in the project's place. What was there is backed up first, or, where it cannot be read any more, kept as
 * a file; photos, masks and maps lie in files of their own and are never taken back.
 *
 * @param name a file of `backups/`; the newest when left out
 * @throws PROJECT_LOCKED where the project is open; NOT_FOUND; FILE_UNREADABLE where the backup is damaged
 */
export function restoreBackup(folder: string, name?: string): Restored {
  const path = resolve(folder)
  const backups = join(path, 'backups')
  const backup = chosen(listBackups(backups), name, path)
  assertSound(join(backups, backup.name), backup)
  const lock = lockProject(path)
  try {
    const kept = setAside(path, backups)
    replaceDatabase(path, join(backups, backup.name))
    return { restored: backup.name, kept: kept === undefined ? null : basename(kept) }
  } finally {
    lock.release()
  }
}

function chosen(backups: readonly Backup[], name: string | undefined, folder: string): Backup {
  const wanted = name === undefined ? undefined : basename(name)
  const found = wanted === undefined ? backups.at(-1) : backups.find(backup => backup.name === wanted)
  if (found) return found
  throw new WorkbenchError(
    'NOT_FOUND',
    backups.length === 0
      ? `${folder} has no backups: there is nothing to restore.`
      : `${folder} has no backup ${wanted}: it was removed since, or its name is another.`,
  )
}

/** A backup that was cut short by a full disk or a bad one must not take the place of a project that works. */
function assertSound(file: string, { schema }: Backup): void {
  if (schema > latestVersion)
    throw new WorkbenchError(
      'PROJECT_NEWER',
      `${file} was made by a later Maskwright (schema ${schema}, this one knows ${latestVersion}): install that version.`,
    )
  const verdict = verdictOn(file)
  if (verdict === 'ok') return
  throw new WorkbenchError('FILE_UNREADABLE', `${file} is damaged (${verdict}): choose another backup.`)
}

/** SQLite's own check of the file; 'ok' where it is a whole project. */
function verdictOn(file: string): string {
  const database = openDatabase(file, { readOnly: true })
  try {
    if (!isProjectDatabase(database)) return 'it holds no project'
    return String(database.sqlite.pragma('quick_check(1)', { simple: true }))
  } catch (cause) {
    return cause instanceof Error ? cause.message : String(cause)
  } finally {
    database.sqlite.close()
  }
}

/** Keeps the project as it is. @returns the file that holds it, or undefined where there is no database */
function setAside(folder: string, backups: string): string | undefined {
  const file = join(folder, 'project.sqlite')
  if (!existsSync(file)) return undefined
  try {
    return backedUp(file, backups)
  } catch (error) {
    const code = error instanceof WorkbenchError ? error.code : undefined
    if (code !== 'FILE_UNREADABLE' && code !== 'NOT_A_PROJECT') throw error
    const damaged = join(backups, `damaged-${new Date().toISOString().replace(/[-:.]/g, '')}.sqlite`)
    mkdirSync(backups, { recursive: true })
    for (const ending of ['', '-wal']) if (existsSync(file + ending)) copyFileSync(file + ending, damaged + ending)
    return damaged
  }
}

/** Everything of the write-ahead log must be in the file: a log that is left would be played into the restored one. */
function backedUp(file: string, backups: string): string {
  const database = openDatabase(file, { readOnly: false })
  try {
    if (!isProjectDatabase(database)) throw new WorkbenchError('NOT_A_PROJECT', `${file} is no project's database.`)
    const kept = backUp(database, backups, 'restore')
    const [log] = database.sqlite.pragma('wal_checkpoint(TRUNCATE)') as readonly { readonly busy: number }[]
    if (log?.busy === 0) return kept
    throw new WorkbenchError('PROJECT_LOCKED', `${file} is looked at by another program: close it, then try again.`)
  } finally {
    database.sqlite.close()
  }
}

/** Complete beside its place, on the disk, and only then there. */
function replaceDatabase(folder: string, backup: string): void {
  const file = join(folder, 'project.sqlite')
  const partial = `${file}.restoring`
  try {
    copyFileSync(backup, partial)
    const handle = openSync(partial, 'r+')
    fsyncSync(handle)
    closeSync(handle)
    for (const log of [`${file}-wal`, `${file}-shm`]) rmSync(log, { force: true })
    renameSync(partial, file)
  } finally {
    rmSync(partial, { force: true })
  }
}
