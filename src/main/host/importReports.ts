import { randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { ImportReport, ImportSummary, SkippedFile } from '../../shared/contract/import'
import { toErrorData, WorkbenchError } from '../../shared/errors'
import { replaceFile } from '../weights/atomicFile'

/** A report as it is kept: whole, in `imports/<id>.json` of the project. */
export interface KeptReport extends ImportReport {
  readonly id: string
  readonly format: string
  readonly path: string
  /** Unix time, ms. */
  readonly finishedAt: number
}

const keptReports = 20
const REPORT_NAME = /^[0-9a-f-]{36}\.json$/

/** Keeps the report of an import in the project, so that its list of skipped files can be read on any later day. */
export async function keepReport(
  project: string,
  report: ImportReport & Pick<KeptReport, 'format' | 'path'>,
): Promise<ImportSummary> {
  const kept: KeptReport = { ...report, id: randomUUID(), finishedAt: Date.now() }
  const folder = join(project, 'imports')
  try {
    await mkdir(folder, { recursive: true })
    await replaceFile(join(folder, `${kept.id}.json`), [Buffer.from(JSON.stringify(kept))])
    await removeOld(folder)
  } catch (cause) {
    const { code, message } = toErrorData(cause)
    throw new WorkbenchError(code, `Everything was imported, but its report could not be kept. ${message}`, { cause })
  }
  return summaryOf(kept)
}

/** @throws NOT_FOUND */
export async function readReport(project: string, id: string): Promise<KeptReport> {
  try {
    return JSON.parse(await readFile(join(project, 'imports', `${id}.json`), 'utf8')) as KeptReport
  } catch (cause) {
    throw new WorkbenchError('NOT_FOUND', 'This import report is not kept any more: the last twenty are.', { cause })
  }
}

export function summaryOf({ skipped, ...report }: KeptReport): ImportSummary {
  const counts = { photo: 0, mask: 0, label: 0 }
  for (const { what } of skipped) counts[what]++
  return { ...report, skipped: counts }
}

/** The skipped files that fit: any part of the name or the reason, any case. */
export function skippedMatching(
  { skipped }: KeptReport,
  { text, what }: { readonly text: string; readonly what?: SkippedFile['what'] | undefined },
): readonly SkippedFile[] {
  const wanted = text.toLowerCase()
  return skipped.filter(
    each =>
      (what === undefined || each.what === what) &&
      (wanted === '' || each.file.toLowerCase().includes(wanted) || each.reason.toLowerCase().includes(wanted)),
  )
}

/** For a spreadsheet: UTF-8 with its mark, CRLF (RFC 4180); a value that a spreadsheet would compute is made text. */
export function skippedCsv(skipped: readonly SkippedFile[]): string {
  const lines = [['missing', 'file', 'reason'], ...skipped.map(({ what, file, reason }) => [what, file, reason])]
  return `\ufeff${lines.map(line => line.map(csvField).join(',')).join('\r\n')}\r\n`
}

/** Formula injection: a file called `=HYPERLINK(…)` must not run when the list is opened. */
function csvField(value: string): string {
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

async function removeOld(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter(name => REPORT_NAME.test(name))
  if (names.length <= keptReports) return
  const dated = await Promise.all(names.map(async name => ({ name, time: (await stat(join(folder, name))).mtimeMs })))
  const old = dated.sort((a, b) => b.time - a.time).slice(keptReports)
  for (const { name } of old) await rm(join(folder, name), { force: true })
}
