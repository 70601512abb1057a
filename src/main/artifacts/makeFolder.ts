import { mkdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { WorkbenchError } from '../../shared/errors'

/**
 * Makes `folder/names[0]/names[1]…` where it is not there, but never what `folder` lies in: of a project whose folder
 * was moved away, a part would be made anew where it was, and keep it from coming back.
 * @param folder a part of the project, as its blobs or its cache
 * @returns the whole path
 * @throws FILE_UNREADABLE where what `folder` lies in is not there any more
 */
export async function makeFolder(folder: string, ...names: readonly string[]): Promise<string> {
  let path = dirname(folder)
  for (const name of [basename(folder), ...names]) {
    path = join(path, name)
    await mkdir(path).catch((cause: NodeJS.ErrnoException) => {
      if (cause.code === 'EEXIST') return
      throw cause.code === 'ENOENT' ? goneError(dirname(folder), cause) : cause
    })
  }
  return path
}

function goneError(folder: string, cause: Error): WorkbenchError {
  return new WorkbenchError(
    'FILE_UNREADABLE',
    `The folder ${folder} is not there any more: it was moved, renamed or removed, or its disk is not connected.`,
    { cause },
  )
}
