import { createHash } from 'node:crypto'
import { open, readFile, stat } from 'node:fs/promises'
import { WorkbenchError } from '../../shared/errors'
import type { Size } from '../../shared/raster/size'
import { checkPhotoFormat, checkPhotoSize } from './photoLimits'

/** What is known of a photo without decoding it. */
export interface PhotoInfo extends Size {
  /** `jpeg`, `png` … by content, not by name. */
  readonly format: string
  /** EXIF orientation 1 … 8; width and height are those after it is applied. */
  readonly orientation: number
  readonly bytes: number
  /** Last change, ms since 1970, as the file system says. */
  readonly modifiedMs: number
}

/** Reads a photo's header. Throws for a file that is no photo, is missing, or is too large to work on. */
export async function photoInfo(path: string): Promise<PhotoInfo> {
  try {
    // Loaded with the first photo: it is a third of what a command needs to start, and most commands open none.
    const { default: sharp } = await import('sharp')
    const file = await stat(path)
    // Before it is opened: a pipe into which nobody writes would be waited for, and nothing could end that.
    if (!file.isFile())
      throw new WorkbenchError('FILE_UNREADABLE', `${path} is no file but a folder, a pipe or a device: take it away.`)
    const header = await sharp(await photoSource(path), { limitInputPixels: false }).metadata()
    checkPhotoFormat(path, header.format)
    const { width, height } = header.autoOrient
    checkPhotoSize(path, { width, height })
    const orientation = header.orientation ?? 1
    return { width, height, format: header.format, orientation, bytes: file.size, modifiedMs: file.mtimeMs }
  } catch (cause) {
    throw unreadablePhoto(path, cause)
  }
}

/** What sharp should open. libvips would read `photo[page=2]` as a name with options: such a file goes in as bytes. */
export async function photoSource(path: string): Promise<string | Uint8Array> {
  return path.endsWith(']') ? readFile(path) : path
}

/** SHA-256 of a file's bytes in hexadecimal. Read in pieces of 1 MiB: a stream costs more than hashing a photo does. */
export async function hashFile(path: string): Promise<string> {
  try {
    await using file = await open(path)
    const hash = createHash('sha256')
    const piece = Buffer.allocUnsafe(1 << 20)
    for (;;) {
      const { bytesRead } = await file.read(piece)
      if (bytesRead === 0) return hash.digest('hex')
      hash.update(piece.subarray(0, bytesRead))
    }
  } catch (cause) {
    throw unreadablePhoto(path, cause)
  }
}

/** Names the file and the reason; an error of ours passes through. */
export function unreadablePhoto(path: string, cause: unknown): WorkbenchError {
  if (cause instanceof WorkbenchError) return cause
  const reason = cause instanceof Error ? (cause.message.split('\n', 1)[0] ?? '') : String(cause)
  const missing = /ENOENT|is missing/.test(reason)
  return new WorkbenchError(
    'FILE_UNREADABLE',
    missing
      ? `${path} is missing: put it back, or import the photos again.`
      : `${path} cannot be read as a photo (${reason}): replace the file, or remove it from the project.`,
    { cause },
  )
}
