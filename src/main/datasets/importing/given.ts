import { WorkbenchError } from '../../../shared/errors'
import type { SkippedFile } from '../../../shared/contract/import'
import type { ImportSource } from './defineFormat'
import { fileKind } from '../fileKind'
import { listMasks, readMaskNames } from './maskFiles'
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

export interface GivenMasks {
  readonly masks?: ReadonlyMap<string, string>
  readonly maskNames?: readonly string[]
}

/** The masks of `--masks` with what their values mean, if any are given. */
export async function givenMasks({ masks, path }: Pick<ImportSource, 'masks' | 'path'>): Promise<GivenMasks> {
  if (masks === undefined) return {}
  const maskNames = await readMaskNames(masks, path)
  return { masks: await listMasks(masks), ...(maskNames ? { maskNames } : {}) }
}
