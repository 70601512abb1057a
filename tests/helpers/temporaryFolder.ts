import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { atEndOfFile } from './endOfFile'

/** A new empty folder that is removed when the test file has ended. */
export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'maskwright-')))
  atEndOfFile(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
