import type { ThumbnailSize } from '../../shared/contract/photos'
import { ThumbnailCache } from '../artifacts/thumbnailCache'
import type { Project } from '../db/open'
import { absolutePath } from '../db/storedPath'
import type { ImageRow } from '../db/schema'
import type { PoolClient } from '../pool/poolClient'

/** Small pictures of a project's photos: from the disk, or made in the pool and kept. */
export class Thumbnails {
  readonly #project: Project
  readonly #pool: () => PoolClient
  readonly #cache: ThumbnailCache

  constructor(project: Project, pool: () => PoolClient, cacheBudget: number) {
    this.#project = project
    this.#pool = pool
    this.#cache = new ThumbnailCache(project.cacheFolder, cacheBudget)
  }

  /**
   * A picture as the bytes of a WebP file.
   * @param signal aborted when nobody waits for it any more: what scrolled by is not made
   * @throws FILE_UNREADABLE or UNSUPPORTED naming the photo
   */
  async read(photo: ImageRow, side: ThumbnailSize, signal?: AbortSignal): Promise<Uint8Array> {
    const key = { sha256: photo.sha256, side }
    const kept = await this.#cache.read(key)
    if (kept !== undefined) return kept
    const path = absolutePath(this.#project.folder, photo.path)
    const { bytes } = await this.#pool().run('thumbnail', { path, side }, signal)
    await this.#keep(key, bytes)
    return bytes
  }

  /** A full disk or a folder that cannot be written costs the time to make the picture again, nothing else. */
  async #keep(key: { sha256: string; side: number }, bytes: Uint8Array): Promise<void> {
    if (!this.#project.readOnly) await this.#cache.write(key, bytes).catch(() => undefined)
  }
}
