import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** Files asked for their size at once: a cache may hold 100,000, and the rest of the program wants to read files too. */
const filesAtOnce = 64

/** Bytes of all files below `folder`; 0 where it does not exist. A file that goes away meanwhile counts nothing. */
export async function folderBytes(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  const files = entries.filter(entry => entry.isFile()).map(entry => join(folder, entry.name))
  let bytes = 0
  for (let start = 0; start < files.length; start += filesAtOnce) {
    const sizes = await Promise.all(files.slice(start, start + filesAtOnce).map(fileBytes))
    for (const size of sizes) bytes += size
  }
  for (const entry of entries) if (entry.isDirectory()) bytes += await folderBytes(join(folder, entry.name))
  return bytes
}

async function fileBytes(path: string): Promise<number> {
  try {
    return (await stat(path)).size
  } catch {
    return 0
  }
}
