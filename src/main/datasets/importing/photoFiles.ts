import { readdir } from 'node:fs/promises'
import { basename, join, relative, sep } from 'node:path'
import { WorkbenchError } from '../../../shared/errors'
import { fileKind } from '../fileKind'

export interface PhotoFile {
  /** Absolute. */
  readonly path: string
  /** From the photos' folder, with `/`. */
  readonly name: string
  readonly stem: string
}

const PHOTO_EXTENSION = /\.(jpe?g|png|webp|tiff?|gif|hei[cf]|avif)$/i

/** `2007.000032.JPG` → `2007.000032`: only the ending of a photo is taken off. */
export function stemOf(fileName: string): string {
  return basename(fileName).replace(PHOTO_EXTENSION, '')
}

export function isPhotoName(fileName: string): boolean {
  return PHOTO_EXTENSION.test(fileName) && !basename(fileName).startsWith('.')
}

/** The photos in `folder` and below, by name. @param masks a folder whose pictures are no photos */
export async function listPhotos(folder: string, masks?: string): Promise<readonly PhotoFile[]> {
  if ((await fileKind(folder)) !== 'folder')
    throw new WorkbenchError('BAD_INPUT', `There is no folder ${folder}: say where the photos are with --images.`)
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const photos = entries
    .filter(entry => !entry.isDirectory() && isPhotoName(entry.name) && !isWithin(entry.parentPath, masks))
    .map(entry => {
      const path = join(entry.parentPath, entry.name)
      return { path, name: relative(folder, path).split(sep).join('/'), stem: stemOf(entry.name) }
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
  if (photos.length === 0) throw new WorkbenchError('BAD_INPUT', `There are no photos in ${folder}.`)
  return photos
}

function isWithin(folder: string, other: string | undefined): boolean {
  return other !== undefined && (folder === other || folder.startsWith(other + sep))
}

/**
 * Finds photos by whatever a list calls them: a path from the folder, a file name, or either without its ending.
 * A name that several photos share finds none: which is meant is not for us to say.
 */
export class PhotoIndex {
  readonly #photos = new Map<string, PhotoFile[]>()

  constructor(photos: readonly PhotoFile[]) {
    for (const photo of photos) {
      const keys = [photo.name, photo.name.replace(PHOTO_EXTENSION, ''), basename(photo.name), photo.stem]
      for (const key of new Set(keys)) this.#add(key, photo)
    }
  }

  /** All photos that are called so: the longest part of `name` that any photo has decides. */
  find(name: string): readonly PhotoFile[] {
    const parts = name
      .replaceAll('\\', '/')
      .replace(/^\.?\//, '')
      .split('/')
    for (let from = 0; from < parts.length; from++) {
      const key = parts.slice(from).join('/')
      const found = this.#photos.get(key) ?? this.#photos.get(key.replace(PHOTO_EXTENSION, ''))
      if (found) return found
    }
    return []
  }

  #add(key: string, photo: PhotoFile): void {
    const list = this.#photos.get(key)
    if (list) list.push(photo)
    else this.#photos.set(key, [photo])
  }
}
