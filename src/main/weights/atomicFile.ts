import { randomUUID } from 'node:crypto'
import { open, rename, rm, type FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * Replaces a file by `chunks` in order, completely or not at all: a temporary file beside it, fsync, rename.
 *
 * Not write-file-atomic: that one calls write(2) once, and a short write (a nearly full disk, or more than 2 GiB)
 * would put a truncated file in the place of a good one. `FileHandle.writeFile` goes on until all is written or fails.
 */
export async function replaceFile(path: string, chunks: Iterable<Uint8Array>): Promise<void> {
  const temporary = `${path}.${randomUUID()}.tmp`
  try {
    await writeWhole(temporary, chunks)
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
  await syncFolder(dirname(path))
}

async function writeWhole(path: string, chunks: Iterable<Uint8Array>): Promise<void> {
  const file = await open(path, 'wx')
  try {
    for (const chunk of chunks) await file.writeFile(chunk)
    await file.sync()
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
