import { thumbnail as makeThumbnail } from '../../media/thumbnail'

export interface ThumbnailInput {
  /** Path of the photo. */
  readonly path: string
  /** Longest side, pixels. */
  readonly side: number
}

/** A small picture of a photo, as the bytes of a WebP file. */
export async function thumbnail({ path, side }: ThumbnailInput): Promise<{ readonly bytes: Uint8Array }> {
  return { bytes: await makeThumbnail(path, side) }
}
