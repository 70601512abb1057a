import { WorkbenchError } from '../../../shared/errors'
import type { SkippedFile } from '../../../shared/contract/import'
import { theOne } from './labels/labelEntries'
import type { PhotoFile, PhotoIndex } from './photoFiles'
import { readText } from './readText'
import { parseSplitList } from './splitList'

/** Which photos are wanted, and the split of each. */
export interface Splits {
  /** In the lists' order. */
  readonly photos: readonly { readonly photo: PhotoFile; readonly split: string }[]
  readonly skipped: readonly SkippedFile[]
}

/** A photo of no list is in this split. */
export const DEFAULT_SPLIT = 'train'

/** Reads lists of photos. A photo is in the first list that names it: `trainval` behind `train` and `val` adds none. */
export async function readSplits(files: readonly string[], index: PhotoIndex): Promise<Splits> {
  const splitOf = new Map<PhotoFile, string>()
  const skipped: SkippedFile[] = []
  for (const file of files) {
    const { split, names } = parseSplitList(await readText(file), file)
    if (names.length === 0) throw new WorkbenchError('BAD_INPUT', `The list ${file} names no photo.`)
    for (const name of names) {
      const photo = theOne(index.find(name), name)
      if (typeof photo === 'string') skipped.push({ what: 'photo', file: name, reason: `${photo} (listed in ${file})` })
      else if (!splitOf.has(photo)) splitOf.set(photo, split)
    }
  }
  return { photos: [...splitOf].map(([photo, split]) => ({ photo, split })), skipped }
}
