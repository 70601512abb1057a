import { WorkbenchError } from '../../../shared/errors'
import type { SkippedFile } from '../../../shared/contract/import'
import type { ImportSource } from './defineFormat'
import { fileKind } from '../fileKind'
import { readMasks, type NamedMasks } from './maskFiles'
import type { PhotoFile, PhotoIndex } from './photoFiles'
import { readSplits } from './splits'

export interface WantedPhotos {
  readonly photos: readonly { readonly photo: PhotoFile; readonly split?: string }[]
  readonly skipped: readonly SkippedFile[]
  readonly notes: readonly string[]
}

/** The photos of `--split`, or all of them. */
export async function wantedPhotos(
  split: string | undefined,
  photos: readonly PhotoFile[],
  index: PhotoIndex,
): Promise<WantedPhotos> {
  if (split === undefined) return { photos: photos.map(photo => ({ photo })), skipped: [], notes: [] }
  if ((await fileKind(split)) !== 'file')
    throw new WorkbenchError('BAD_INPUT', `There is no list ${split}: --split takes a file with a photo a line.`)
  const { photos: listed, skipped } = await readSplits([split], index)
  const unlisted = photos.length - listed.length
  return { photos: listed, skipped, notes: unlisted === 0 ? [] : [`${unlisted} photos are not in ${split}: left out.`] }
}

/** The masks of `--masks` with what their pixels mean, if any are given. */
export async function givenMasks(source: ImportSource): Promise<Partial<NamedMasks>> {
  return source.masks === undefined ? {} : readMasks(source.masks, source)
}
