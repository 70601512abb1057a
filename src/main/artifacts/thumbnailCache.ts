import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { replaceFile } from '../weights/atomicFile'
import { makeFolder } from './makeFolder'
import { folderBytes } from './folderBytes'

/** Which picture: one photo's content at one size. */
export interface ThumbnailKey {
  /** Hash of the photo's bytes. */
  readonly sha256: string
  /** Longest side, pixels. */
  readonly side: number
}

/**
 * Small pictures of photos on disk, `thumbnails/ab/<sha256>-<side>.webp`: the content names them, so that they are right
 * for ever. The folder may be deleted at any time. Beyond the budget of the whole cache nothing more is kept.
 */
export class ThumbnailCache {
  readonly #root: string
  readonly #budgetBytes: number
  /** Of the whole cache; counted when the first picture is kept, as it takes a second for 100,000. */
  #bytes: Promise<number> | undefined

  /** @param root the project's cache folder */
  constructor(root: string, budgetBytes: number) {
    this.#root = root
    this.#budgetBytes = budgetBytes
  }

  /** The stored picture, or undefined where there is none. */
  async read(key: ThumbnailKey): Promise<Uint8Array | undefined> {
    return readFile(this.path(key)).catch(() => undefined)
  }

  /** Keeps a picture, unless the budget is used up. */
  async write(key: ThumbnailKey, picture: Uint8Array): Promise<void> {
    const bytes = (await (this.#bytes ??= folderBytes(this.#root))) + picture.length
    if (bytes > this.#budgetBytes) return
    this.#bytes = Promise.resolve(bytes)
    const path = this.path(key)
    await makeFolder(this.#root, 'thumbnails', key.sha256.slice(0, 2))
    await replaceFile(path, [picture], 'derived')
  }

  /** Where a picture lies. */
  path({ sha256, side }: ThumbnailKey): string {
    return join(this.#root, 'thumbnails', sha256.slice(0, 2), `${sha256}-${side}.webp`)
  }
}
