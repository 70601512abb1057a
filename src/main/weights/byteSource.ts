import { open, type FileHandle } from 'node:fs/promises'
import { basename } from 'node:path'
import { WorkbenchError } from '../../shared/errors'

/** Bytes at known places, in a file or in memory: large files are never read whole. */
export interface ByteSource extends AsyncDisposable {
  /** What error sentences call it. */
  readonly name: string
  /** Bytes. */
  readonly size: number
  /** The bytes `[offset, offset + length)`; the caller has checked that they exist. */
  read(offset: number, length: number): Promise<Uint8Array>
}

/** Reads of the operating system end at 2 GiB; larger ones are made of several. */
const LARGEST_READ = 2 ** 30

class FileSource implements ByteSource {
  constructor(
    readonly name: string,
    readonly size: number,
    readonly file: FileHandle,
  ) {}

  async read(offset: number, length: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(length)
    for (let done = 0; done < length;) {
      const wanted = Math.min(length - done, LARGEST_READ)
      const { bytesRead } = await this.file.read(bytes, done, wanted, offset + done)
      if (bytesRead === 0)
        throw new WorkbenchError('FILE_UNREADABLE', `${this.name} became shorter while it was read; try again.`)
      done += bytesRead
    }
    return bytes
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.file.close()
  }
}

/** Opens a file for positioned reads. Whoever opens it disposes it (`await using`). */
export async function openByteSource(path: string): Promise<ByteSource> {
  const file = await open(path, 'r').catch((cause: unknown) => {
    throw new WorkbenchError('FILE_UNREADABLE', `Cannot open ${path}: ${reason(cause)}.`, { cause })
  })
  try {
    const status = await file.stat()
    if (!status.isFile()) throw new WorkbenchError('FILE_UNREADABLE', `Cannot open ${path}: it is not a file.`)
    return new FileSource(basename(path), status.size, file)
  } catch (error) {
    await file.close()
    throw error
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'reading it is not permitted',
  EISDIR: 'it is a folder',
}

function reason(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  return reasons[code] ?? String(cause)
}
