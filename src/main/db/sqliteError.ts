import BetterSqlite3 from 'better-sqlite3'
import { WorkbenchError } from '../../shared/errors'

/** SQLite's refusal as a sentence for people; any other error comes back as it is. */
export function sqliteError(cause: unknown, file: string): unknown {
  if (!(cause instanceof BetterSqlite3.SqliteError)) return cause
  const { code } = cause
  if (code === 'SQLITE_FULL')
    return new WorkbenchError('DISK_FULL', `The disk with ${file} is full: free some space, then try again.`, { cause })
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED'))
    return new WorkbenchError('PROJECT_LOCKED', `${file} is in use by another program: close it, then try again.`, {
      cause,
    })
  if (code.startsWith('SQLITE_NOTADB'))
    return new WorkbenchError('NOT_A_PROJECT', `${file} is not a Maskwright project: it is no SQLite database.`, {
      cause,
    })
  if (code.startsWith('SQLITE_CORRUPT'))
    return new WorkbenchError(
      'FILE_UNREADABLE',
      `${file} is damaged (${cause.message}): put the newest file of the project's backups/ folder in its place.`,
      { cause },
    )
  if (code.startsWith('SQLITE_READONLY') || code.startsWith('SQLITE_CANTOPEN') || code.startsWith('SQLITE_IOERR'))
    return new WorkbenchError(
      'FILE_UNREADABLE',
      `Cannot read or write ${file} (${cause.message}): check that the folder exists, is yours and can be written.`,
      { cause },
    )
  return cause
}
