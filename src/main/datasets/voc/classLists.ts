import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { DifficultRule, SkippedFile } from '../../../shared/contract/import'
import { WorkbenchError } from '../../../shared/errors'
import { addLabels, theOne } from '../importing/labels/labelEntries'
import type { LabelEntries, PhotoLabels } from '../importing/labels/labelEntries'
import type { PhotoIndex } from '../importing/photoFiles'
import { readText } from '../importing/readText'

/** One line of `<class>_<split>.txt`: 1 present, −1 absent, 0 only as difficult objects (VOC2012 development kit, 4.1). */
export interface ClassFlag {
  readonly photo: string
  readonly flag: 1 | 0 | -1
}

const LIST_NAME = /^(.+)_(train|val|trainval|test)\.txt$/

/** Labels from VOC's `ImageSets/Main/<class>_<split>.txt`. */
export async function classListLabels(
  folder: string,
  index: PhotoIndex,
  difficult: DifficultRule,
): Promise<LabelEntries> {
  const files = (await readdir(folder)).filter(name => LIST_NAME.test(name)).sort()
  if (files.length === 0)
    throw new WorkbenchError('BAD_INPUT', `${folder} has no lists of the form <class>_<split>.txt.`)
  const byPhoto = new Map<string, PhotoLabels>()
  const skipped = new Map<string, SkippedFile>()
  for (const file of files) {
    const [, className] = LIST_NAME.exec(file)!
    for (const { photo: name, flag } of parseClassList(await readText(join(folder, file)), join(folder, file))) {
      const photo = theOne(index.find(name), name)
      if (typeof photo === 'string') skipped.set(name, { what: 'label', file: name, reason: `${photo} (${file})` })
      else addLabels(byPhoto, photo, labelsOfFlag(className!, flag, difficult))
    }
  }
  return { byPhoto, skipped: [...skipped.values()], notes: [] }
}

export function parseClassList(text: string, file: string): readonly ClassFlag[] {
  const lines = text.split(/\r?\n/).map(line => line.trim())
  return lines.flatMap((line, index) => {
    if (line === '') return []
    const match = /^(\S.*?)\s+(-?1|0)$/.exec(line)
    if (!match)
      throw new WorkbenchError('BAD_INPUT', `Line ${index + 1} of ${file} is "${line}", not a photo and 1, 0 or -1.`)
    return [{ photo: match[1]!, flag: Number(match[2]) as ClassFlag['flag'] }]
  })
}

function labelsOfFlag(name: string, flag: ClassFlag['flag'], difficult: DifficultRule): PhotoLabels {
  const state = flag === 1 ? 'present' : flag === 0 ? difficult : 'absent'
  return { present: state === 'present' ? [name] : [], unknown: state === 'unknown' ? [name] : [] }
}
