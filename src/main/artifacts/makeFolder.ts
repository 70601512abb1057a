import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { WorkbenchError } from '../../shared/errors'

/**
 * Makes `base/names[0]/names[1]…` where it is not there, but never `base`: of a project whose folder was moved away, a
 * part would be made anew where it was, and keep it from coming back.
 * @returns the whole path
 * @throws FILE_UNREADABLE where `base` is not there any more
 */
export async function makeFolder(base: string, ...names: readonly string[]): Promise<string> {
  let folder = base
  for (const name of names) {
    folder = join(folder, name)
    await mkdir(folder).catch((cause: NodeJS.ErrnoException) => {
      if (cause.code === 'EEXIST') return
      throw cause.code === 'ENOENT' ? goneError(base, cause) : cause
    })
  }
  return folder
}

function goneError(folder: string, cause: Error): WorkbenchError {
  return new WorkbenchError(
    'FILE_UNREADABLE',
    `The folder ${folder} is not there any more: it was moved, renamed or removed, or its disk is not connected.`,
    { cause },
  )
}
