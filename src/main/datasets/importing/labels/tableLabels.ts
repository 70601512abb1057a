import type { SkippedFile } from '../../../../shared/contract/import'
import { parseLabelTable } from '../labelTable/labelTable'
import type { PhotoIndex } from '../photoFiles'
import { readText } from '../readText'
import { addLabels, theOne } from './labelEntries'
import type { LabelEntries, PhotoLabels } from './labelEntries'

/** Labels from a CSV file: wide, long or delimited. */
export async function tableLabels(file: string, index: PhotoIndex): Promise<LabelEntries> {
  const table = parseLabelTable(await readText(file), file)
  const byPhoto = new Map<string, PhotoLabels>()
  const skipped: SkippedFile[] = []
  for (const { photo: name, ...labels } of table.rows) {
    const photo = theOne(index.find(name), name)
    if (typeof photo === 'string') skipped.push({ what: 'label', file: name, reason: `${photo} (row of ${file})` })
    else addLabels(byPhoto, photo, labels)
  }
  return { byPhoto, skipped, notes: table.notes, ...(table.columns ? { ordered: table.columns } : {}) }
}
