import type { ExportForm, ExportReport } from '../../shared/contract/export'
import { issueSentence } from '../../shared/issueSentence'
import { WorkbenchError } from '../../shared/errors'
import type { ExportFormat } from '../datasets/exporting/defineExport'
import { exportFormats, findExport } from '../datasets/index'
import { writeExport } from '../datasets/exporting/writeExport'
import type { Project } from '../db/open'
import type { Progress } from '../methods/index'
import type { PoolClient } from '../pool/poolClient'
import { exportSource, type ExportChoice } from './exportSource'
import { optionFields } from './optionFields'

export interface ExportRequest extends ExportChoice {
  readonly format: string
  readonly options: Readonly<Record<string, unknown>>
  /** A folder; it appears whole or not at all. */
  readonly out: string
}

interface ExportWith {
  readonly pool: PoolClient
  readonly signal: AbortSignal
  readonly progress: (progress: Progress) => void
}

/** Every door out, as data that draws its form. */
export function exportForms(): readonly ExportForm[] {
  return exportFormats.map(({ id, title, text, contents, options }) => ({
    id,
    title,
    text,
    contents,
    options: optionFields(options),
  }))
}

/** Writes what is meant in the format's way, with a manifest of where it came from. */
export async function runExport(project: Project, request: ExportRequest, work: ExportWith): Promise<ExportReport> {
  const format = findExport(request.format)
  const options = parsedOptions(format, request.options)
  const { classes, photos, origin, checkpoint } = exportSource(project, format.contents, request)
  const content = {
    classes,
    options,
    photos: photos.map(({ photo }) => photo),
    ...(checkpoint === undefined ? {} : { checkpoint }),
  }
  return writeExport({ ...work, format, content, origin, out: request.out })
}

/** @throws USAGE naming the option */
function parsedOptions({ id, options: schema }: ExportFormat, given: Readonly<Record<string, unknown>>) {
  const parsed = schema.strict().safeParse(given)
  if (parsed.success) return parsed.data
  throw new WorkbenchError('USAGE', `${issueSentence(parsed.error.issues[0]!, given, id)}.`)
}
