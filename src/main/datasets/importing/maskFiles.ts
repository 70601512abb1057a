import { readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { WorkbenchError } from '../../../shared/errors'
import { fileKind, firstPresent } from '../fileKind'
import { parseMaskNames } from './maskNames'
import { stemOf } from './photoFiles'
import { readText } from './readText'

/** Mask files by the stem of their photo. */
export async function listMasks(folder: string): Promise<ReadonlyMap<string, string>> {
  if ((await fileKind(folder)) !== 'folder')
    throw new WorkbenchError('BAD_INPUT', `There is no folder ${folder}: say where the masks are with --masks.`)
  const names = (await readdir(folder)).filter(name => /\.png$/i.test(name) && !name.startsWith('.')).sort()
  if (names.length === 0) throw new WorkbenchError('BAD_INPUT', `There are no masks in ${folder}: they are PNG files.`)
  return new Map(names.map(name => [stemOf(name), join(folder, name)]))
}

/** What the values of masks mean, where a `labels.txt` or `labelmap.txt` beside them or beside the dataset says so. */
export async function readMaskNames(masks: string, path: string): Promise<readonly string[] | undefined> {
  for (const folder of new Set([masks, dirname(masks), path])) {
    const file = await firstPresent(folder, ['labels.txt', 'labelmap.txt'])
    if (file) return parseMaskNames(await readText(file))
  }
  return undefined
}
