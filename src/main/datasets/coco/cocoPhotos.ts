import type { SkippedFile } from '../../../shared/contract/import'
import { WorkbenchError } from '../../../shared/errors'
import type { ImportSource } from '../importing/defineFormat'
import { wantedPhotos } from '../importing/given'
import { theOne } from '../importing/labels/labelEntries'
import { listPhotos, PhotoIndex, type PhotoFile } from '../importing/photoFiles'
import { imageFolder, splitOf } from './cocoPlaces'

/** An image of the file with the photo that it is of. */
export interface CocoPhoto<Image> {
  readonly image: Image
  readonly photo: PhotoFile
  /** undefined: the photo is not among those that are wanted. */
  readonly split: string | undefined
}

export interface CocoPhotos<Image> {
  readonly found: readonly CocoPhoto<Image>[]
  /** How many photos the folder holds. */
  readonly listed: number
  /** Images without a photo, and what a list of wanted photos could not find. */
  readonly skipped: readonly SkippedFile[]
  readonly notes: readonly string[]
}

/**
 * Joins the images of a COCO file with the photos in its folder.
 *
 * @param path of the file
 * @param pictures a folder whose pictures are no photos
 */
export async function cocoPhotos<Image extends { readonly file_name: string }>(
  path: string,
  images: readonly Image[],
  source: ImportSource,
  pictures = source.masks,
): Promise<CocoPhotos<Image>> {
  const photos = await listPhotos(source.images ?? (await imageFolder(path)), pictures)
  const index = new PhotoIndex(photos)
  const wanted = await wantedPhotos(source.split, photos, index)
  const splits = new Map(wanted.photos.map(({ photo, split }) => [photo, split ?? splitOf(path)]))
  const skipped: SkippedFile[] = [...wanted.skipped]
  const found: CocoPhoto<Image>[] = []
  for (const image of images) {
    const photo = theOne(index.find(image.file_name), image.file_name)
    if (typeof photo === 'string') skipped.push({ what: 'photo', file: image.file_name, reason: photo })
    else found.push({ image, photo, split: splits.get(photo) })
  }
  return { found, listed: photos.length, skipped, notes: wanted.notes }
}

interface WithCategories {
  readonly path: string
  readonly categories: ReadonlyMap<string | number, string>
}

/** @param what `an annotation`, `a segment` @throws BAD_INPUT where the file lists no such category */
export function categoryName({ categories, path }: WithCategories, id: string | number, what: string): string {
  const name = categories.get(id)
  if (name !== undefined) return name
  throw new WorkbenchError('BAD_INPUT', `${path}: ${what} is of category ${id}, which "categories" does not list.`)
}
