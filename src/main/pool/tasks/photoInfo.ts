import { toErrorData, type ErrorData } from '../../../shared/errors'
import { hashFile, photoInfo as readHeader, type PhotoInfo } from '../../media/photoInfo'

export interface PhotoInfoInput {
  readonly paths: readonly string[]
  /** Whether to read and hash the whole files too. */
  readonly hash: boolean
}

/** One photo, or why it cannot be used. */
export type PhotoRecord =
  | { readonly path: string; readonly info: PhotoInfo; readonly sha256: string | null }
  | { readonly path: string; readonly error: ErrorData }

/** Headers of a batch of photos, in the order of `paths`; a bad file spoils only its own record. */
export async function photoInfo({ paths, hash }: PhotoInfoInput): Promise<{ readonly photos: PhotoRecord[] }> {
  const photos: PhotoRecord[] = []
  for (const path of paths) photos.push(await record(path, hash))
  return { photos }
}

async function record(path: string, hash: boolean): Promise<PhotoRecord> {
  try {
    const info = await readHeader(path)
    return { path, info, sha256: hash ? await hashFile(path) : null }
  } catch (error) {
    return { path, error: toErrorData(error) }
  }
}
