import { randomUUID } from 'node:crypto'
import { open, rename, rm, type FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Whether a file must outlast a power cut the moment it is written, or can be made again. */
export type Durability = 'durable' | 'derived'

/**
 * Replaces a file by `chunks` in order, completely or not at all: a temporary file beside it, fsync, rename.
 *
 * Not write-file-atomic: that one calls write(2) once, and a short write (a nearly full disk, or more than 2 GiB)
 * would put a truncated file in the place of a good one. `FileHandle.writeFile` goes on until all is written or fails.
 *
 * @param durability derived: what can be made again is not waited for (an fsync takes ten milliseconds); the file is
 *   still never seen half-written by this system, but may be lost or empty after a power cut
 */
export async function replaceFile(
  path: string,
  chunks: Iterable<Uint8Array>,
  durability: Durability = 'durable',
): Promise<void> {
  const temporary = `${path}.${randomUUID()}.tmp`
  try {
    await writeWhole(temporary, chunks, durability)
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
  if (durability === 'durable') await syncFolder(dirname(path))
}

async function writeWhole(path: string, chunks: Iterable<Uint8Array>, durability: Durability): Promise<void> {
  const file = await open(path, 'wx')
  try {
    for (const chunk of chunks) await file.writeFile(chunk)
    if (durability === 'durable') await file.sync()
  } finally {
    await file.close()
  }
}

/** Makes the rename itself last through a power cut. Windows has no such call for folders, and needs none. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const folder: FileHandle = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
