import { WorkbenchError } from '../../shared/errors'
import { didYouMean } from '../../shared/nearestName'
import type { ExportFormat } from './exporting/defineExport'
import type { DatasetFormat } from './importing/defineFormat'

const modules = import.meta.glob<DatasetFormat>('./*/format.ts', { import: 'default', eager: true })

/** Every format that can be imported, by id. */
export const formats: readonly DatasetFormat[] = Object.values(modules).sort((a, b) => (a.id < b.id ? -1 : 1))

export function findFormat(id: string): DatasetFormat {
  const format = formats.find(candidate => candidate.id === id)
  if (format) return format
  const known = formats.map(candidate => candidate.id)
  throw new WorkbenchError('USAGE', `There is no dataset format "${id}"${didYouMean(id, known)}`)
}

/** A table may lie beside anything, and any folder of folders may be a folder a class: they are guessed last. */
const LAST_GUESSES = ['cls-labels', 'csv', 'folder']

/** The formats that `path` looks like, the surest first. */
export async function detectFormats(path: string): Promise<readonly DatasetFormat[]> {
  const matches = await Promise.all(formats.map(format => format.detect(path)))
  const rank = ({ id }: DatasetFormat) => LAST_GUESSES.indexOf(id)
  return formats.filter((_, index) => matches[index]).toSorted((a, b) => rank(a) - rank(b))
}

const exportModules = import.meta.glob<ExportFormat>('./*/export.ts', { import: 'default', eager: true })

/** Every format that can be written, by title. */
export const exportFormats: readonly ExportFormat[] = Object.values(exportModules).sort((a, b) =>
  a.title.toLowerCase() < b.title.toLowerCase() ? -1 : 1,
)

/** @throws USAGE with the nearest name */
export function findExport(id: string): ExportFormat {
  const format = exportFormats.find(candidate => candidate.id === id)
  if (format) return format
  const known = exportFormats.map(candidate => candidate.id)
  throw new WorkbenchError('USAGE', `There is no export format "${id}"${didYouMean(id, known)}`)
}
