import { viewablePhoto, type ViewablePhoto } from '../../media/viewablePhoto'

export interface ViewPhotoInput {
  readonly path: string
  /** Pixels of the longer side at most. */
  readonly longest: number
}

/** A photo as a browser can show it, for formats that it does not know and for photos larger than a texture. */
export async function viewPhoto({ path, longest }: ViewPhotoInput): Promise<ViewablePhoto> {
  const { bytes, type } = await viewablePhoto(path, longest)
  return { bytes: new Uint8Array(bytes), type }
}
