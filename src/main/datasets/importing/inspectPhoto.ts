import { open, stat } from 'node:fs/promises'
import { WorkbenchError } from '../../../shared/errors'
import type { KnownPhoto } from '../../../shared/contract/import'
import { hashFile, photoInfo, unreadablePhoto } from '../../media/photoInfo'

/** What the project keeps about a photo's file. */
export interface InspectedPhoto {
  readonly width: number
  readonly height: number
  /** EXIF orientation 1 … 8; the sides are those after it is applied. */
  readonly orientation: number
  readonly bytes: number
  readonly mtimeMs: number
  readonly sha256: string
}

/** Reads a photo's header and hashes its bytes, the latter only where the file is another than the known one. */
export async function inspectPhoto(path: string, known: KnownPhoto | undefined): Promise<InspectedPhoto> {
  const info = await photoInfo(path)
  const mtimeMs = Math.trunc(info.modifiedMs)
  const { width, height, orientation, bytes } = info
  const same = known?.path === path && known.bytes === bytes && known.mtimeMs === mtimeMs
  if (!same) await assertComplete(path, info.format, bytes)
  return { width, height, orientation, bytes, mtimeMs, sha256: same ? known.sha256 : await hashFile(path) }
}

/** A photo's last bytes, within which its format says that it has ended; more may follow from cameras and editors. */
const TAIL_BYTES = 1 << 16
const ENDS: Readonly<Record<string, Buffer>> = {
  jpeg: Buffer.of(0xff, 0xd9), // EOI, ISO/IEC 10918-1 B.1.1.3
  png: Buffer.of(0x49, 0x45, 0x4e, 0x44), // IEND, ISO/IEC 15948 11.2.5
}

/** A copy that broke off has a good header: decoding it would fail in the middle of a run. */
async function assertComplete(path: string, format: string, bytes: number): Promise<void> {
  const end = ENDS[format]
  if (end === undefined) return
  try {
    await using file = await open(path)
    const tail = Buffer.alloc(Math.min(TAIL_BYTES, bytes))
    await file.read(tail, 0, tail.length, bytes - tail.length)
    if (tail.includes(end)) return
  } catch (cause) {
    throw unreadablePhoto(path, cause) // such as one that went away since its header was read
  }
  throw new WorkbenchError('FILE_UNREADABLE', `${path} breaks off before its picture ends: copy it again.`)
}

/** Whether there is still a file at `path`. */
export async function isThere(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined
}
