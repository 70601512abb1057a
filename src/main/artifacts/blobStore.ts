import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { WorkbenchError } from '../../shared/errors'
import { type Durability, replaceFile } from '../weights/atomicFile'
import { makeFolder } from './makeFolder'

const BLOB_NAME = /^[0-9a-f]{64}\.[a-z0-9]+$/

/** Where a blob lies: `ab/<sha256>.<extension>`, spread over 256 folders so that none grows large. */
export function blobPath(blobFolder: string, name: string): string {
  if (!BLOB_NAME.test(name)) throw new WorkbenchError('INTERNAL', `"${name}" is no blob: <sha256>.<extension> is`)
  return join(blobFolder, name.slice(0, 2), name)
}

/**
 * Stores bytes under the name of their hash and returns that name. Written completely or not at all; storing the same
 * bytes again writes nothing.
 */
export async function writeBlob(
  blobFolder: string,
  bytes: Uint8Array,
  extension: string,
  durability: Durability = 'durable',
): Promise<string> {
  const name = `${createHash('sha256').update(bytes).digest('hex')}.${extension}`
  const path = blobPath(blobFolder, name)
  if ((await sizeOf(path)) === bytes.length) return name
  await makeFolder(blobFolder, name.slice(0, 2))
  await replaceFile(path, [bytes], durability)
  return name
}

/** Bytes of a file, or undefined when there is none. */
async function sizeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
