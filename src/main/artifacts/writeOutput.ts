import { WorkbenchError } from '../../shared/errors'
import { replaceFile } from '../weights/atomicFile'

/** What another place mends, by what the system calls it. */
const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'its folder is not there',
  ENOTDIR: 'what stands for its folder is a file',
  EISDIR: 'it is a folder',
  EACCES: 'you may not write there',
  EPERM: 'you may not write there',
  EROFS: 'the disk can only be read',
  ENAMETOOLONG: 'its name is too long',
}

/**
 * Writes what a person asked for to the place they named: whole, or the file that was there stays.
 * @throws BAD_INPUT where nothing can be written there; what the disk met, as it came
 */
export async function writeOutput(path: string, bytes: Uint8Array): Promise<void> {
  try {
    await replaceFile(path, [bytes])
  } catch (cause) {
    const reason = reasons[(cause as NodeJS.ErrnoException).code ?? '']
    if (reason === undefined) throw cause
    throw new WorkbenchError('BAD_INPUT', `Cannot write ${path}: ${reason}. Choose another place.`, { cause })
  }
}
