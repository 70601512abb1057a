import { readFile, stat } from 'node:fs/promises'
import { isAbsolute, join, relative, sep } from 'node:path'
import { WorkbenchError } from '../../../shared/errors'

/**
 * Bytes of a file that a dataset names in a text: a dataset from the internet must not say which files of this machine
 * are read, nor name a pipe or a device, which has no end.
 *
 * @param folder in which it must lie, or below
 * @param name   as the text has it
 * @param text   the file that names it
 * @throws BAD_INPUT where it leads elsewhere or is no plain file; FILE_UNREADABLE
 */
export async function readInside(folder: string, name: string, text: string): Promise<Uint8Array> {
  const path = join(folder, name)
  const inside = relative(folder, path)
  if (inside === '' || inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside))
    throw new WorkbenchError(
      'BAD_INPUT',
      `${text} names the file "${name}", which does not lie in ${folder}: put it there and correct the name.`,
    )
  try {
    if ((await stat(path)).isFile()) return await readFile(path)
  } catch (cause) {
    throw new WorkbenchError('FILE_UNREADABLE', `Cannot open ${path}: ${(cause as Error).message}.`, { cause })
  }
  throw new WorkbenchError('BAD_INPUT', `${path} is no plain file: put the picture itself in its place.`)
}
