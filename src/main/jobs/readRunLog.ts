import { open } from 'node:fs/promises'
import { join } from 'node:path'
import type { LogLine } from './runLog'

/** Bytes of one page: some thousand lines. */
const pageBytes = 200_000
const newline = 10

export interface LogPage {
  readonly lines: readonly LogLine[]
  /** Byte at which the first line begins; 0: there is nothing before it. */
  readonly from: number
  /** Byte behind the last whole line: where the next page begins. */
  readonly next: number
}

/** `after`: what was written since a page's `next`; `before`: the page before a page's `from`; neither: the newest page. */
export interface LogRange {
  readonly after?: number | undefined
  readonly before?: number | undefined
}

/** A page of a run's log. A run that has not begun has an empty one; a line cut by a power failure is left out. */
export async function readRunLog(runFolder: string, { after, before }: LogRange): Promise<LogPage> {
  const file = await open(join(runFolder, 'log.ndjson')).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (file === undefined) return { lines: [], from: 0, next: 0 }
  try {
    const { size } = await file.stat()
    const end = after === undefined ? Math.min(before ?? size, size) : Math.min(after + pageBytes, size)
    const start = Math.min(after ?? Math.max(0, end - pageBytes), end)
    const bytes = Buffer.alloc(end - start)
    await file.read(bytes, 0, bytes.length, start)
    // A page from the middle begins behind the first line's end, one that goes on from another where that one ended.
    const skipped = after === undefined && start > 0 ? bytes.indexOf(newline) + 1 : 0
    const whole = bytes.lastIndexOf(newline) + 1
    const text = bytes.toString('utf8', skipped, Math.max(skipped, whole))
    return { lines: text.split('\n').flatMap(parsed), from: start + skipped, next: start + whole }
  } finally {
    await file.close()
  }
}

function parsed(line: string): LogLine[] {
  if (line === '') return []
  try {
    return [JSON.parse(line) as LogLine]
  } catch {
    return []
  }
}
