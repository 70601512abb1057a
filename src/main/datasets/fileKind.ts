import { stat } from 'node:fs/promises'
import { join } from 'node:path'

/** What is at `path`; a link counts as what it points to. */
export async function fileKind(path: string): Promise<'file' | 'folder' | 'nothing'> {
  try {
    return (await stat(path)).isDirectory() ? 'folder' : 'file'
  } catch {
    return 'nothing' // missing or out of reach: for finding out what a folder holds it is the same
  }
}

/** The first of `names` that is in `folder`, as a path. */
export async function firstPresent(folder: string, names: readonly string[]): Promise<string | undefined> {
  for (const name of names) {
    const path = join(folder, name)
    if ((await fileKind(path)) !== 'nothing') return path
  }
  return undefined
}
