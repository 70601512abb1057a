import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { z } from 'zod'
import { WorkbenchError } from '../../shared/errors'
import { processIsAlive } from '../processIsAlive'
import { nativeBinding } from './nativeBinding'
import { sqliteError } from './sqliteError'

/** Who has the project open: enough to name it in a sentence. */
const holderSchema = z.object({
  pid: z.number().int(),
  host: z.string(),
  since: z.string(),
  /** Where its window is: `http://127.0.0.1:<port>`, on that host. */
  origin: z.url().max(200).optional(),
})
export type LockHolder = z.output<typeof holderSchema>

export interface ProjectLock {
  release(): void
}

/**
 * Takes the project for this process alone.
 *
 * The lock is SQLite's own exclusive lock on the empty file `project.lock`: the system lets go of it when the process
 * ends in whatever way, so a project is usable at once after `kill -9` and no clock or process number has to be
 * trusted. Nothing else may open that file: closing it anywhere in this process would drop a POSIX lock.
 * `project.holder.json`, mode 0600, only says who it is.
 *
 * @param origin where the holder's window is, when it has one
 */
export function lockProject(folder: string, origin?: string): ProjectLock {
  const lockFile = join(folder, 'project.lock')
  const holderFile = join(folder, 'project.holder.json')
  const lock = takeLock(lockFile, holderFile, folder)
  const holder: LockHolder = {
    pid: process.pid,
    host: hostname(),
    since: new Date().toISOString(),
    ...(origin && { origin }),
  }
  writeFileSync(holderFile, JSON.stringify(holder), { mode: 0o600 })
  return {
    release: () => {
      rmSync(holderFile, { force: true })
      lock.close()
    },
  }
}

/**
 * Who says to have the project open, without trying the lock: for showing, never for deciding. A holder of this machine
 * that ended without letting go is none.
 */
export function projectHolder(folder: string): LockHolder | undefined {
  const holder = readHolder(join(folder, 'project.holder.json'))
  return holder === undefined || (holder.host === hostname() && !processIsAlive(holder.pid)) ? undefined : holder
}

function takeLock(lockFile: string, holderFile: string, folder: string): BetterSqlite3.Database {
  let lock: BetterSqlite3.Database | undefined
  try {
    lock = new BetterSqlite3(lockFile, { ...nativeBinding(), timeout: 0 })
    lock.pragma('journal_mode = MEMORY')
    lock.exec('BEGIN EXCLUSIVE')
    return lock
  } catch (cause) {
    lock?.close()
    if (cause instanceof BetterSqlite3.SqliteError && cause.code.startsWith('SQLITE_BUSY'))
      throw new WorkbenchError('PROJECT_LOCKED', lockedSentence(folder, readHolder(holderFile)), { cause })
    throw sqliteError(cause, lockFile)
  }
}

function lockedSentence(folder: string, holder: LockHolder | undefined): string {
  const who = holder ? `process ${holder.pid} on ${holder.host}, since ${holder.since}` : 'another process'
  const where = holder?.origin === undefined ? '' : `; its window is at ${holder.origin}`
  return `The project ${folder} is open in ${who}${where}. Close it there, then try again, or open it read-only.`
}

/** The holder writes its note a moment after it took the lock: none yet is no error. */
function readHolder(file: string): LockHolder | undefined {
  try {
    return holderSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return undefined
  }
}
