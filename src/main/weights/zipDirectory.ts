import { ByteCursor } from './byteCursor'
import type { ByteSource } from './byteSource'
import type { Refuse } from '../../shared/tensors/refusal'

/** A member as the archive's central directory describes it (APPNOTE.TXT 4.3.12). */
export interface ZipEntry {
  readonly name: string
  /** The name as written; UTF-8 by nearly everyone. */
  readonly rawName: Uint8Array
  readonly flags: number
  /** 0 stored, 8 deflated. */
  readonly method: number
  readonly crc: number
  /** Bytes in the file. */
  readonly compressedSize: number
  /** Bytes of the content. */
  readonly size: number
  /** Where the local header starts. */
  readonly headerOffset: number
}

interface DirectoryPlace {
  readonly offset: number
  readonly size: number
  readonly count: number
}

const END_SIGNATURE = 0x06054b50
const END_BYTES = 22
const LONGEST_COMMENT = 0xffff
const LOCATOR_SIGNATURE = 0x07064b50
const LOCATOR_BYTES = 20
const END64_SIGNATURE = 0x06064b50
const END64_BYTES = 56
const ENTRY_SIGNATURE = 0x02014b50
const ENTRY_BYTES = 46
const ZIP64_FIELD = 0x0001
/** A 32-bit (or 16-bit) field of all ones says: the true value is in the ZIP64 record. */
const IN_ZIP64 = 0xffffffff
const COUNT_IN_ZIP64 = 0xffff
const MOST_MEMBERS = 100_000
const LARGEST_DIRECTORY = 2 ** 26

/** Finds the central directory by the record at the file's end. */
export async function readDirectory(source: ByteSource, refuse: Refuse): Promise<DirectoryPlace> {
  const tailSize = Math.min(source.size, END_BYTES + LONGEST_COMMENT)
  const tail = await source.read(source.size - tailSize, tailSize)
  const at = findEnd(tail)
  if (at === undefined) throw refuse('its zip directory is missing: the file is truncated')
  const cursor = new ByteCursor(tail, at + 4, refuse)
  const [disk, startDisk, countHere] = [cursor.uint16(), cursor.uint16(), cursor.uint16()]
  const [count, size, offset] = [cursor.uint16(), cursor.uint32(), cursor.uint32()]
  const end = source.size - tailSize + at
  const needs64 = count === COUNT_IN_ZIP64 || size === IN_ZIP64 || offset === IN_ZIP64
  const wide = needs64 ? await readEnd64(source, end, refuse) : undefined
  const place = {
    count: count === COUNT_IN_ZIP64 && wide ? wide.count : count,
    size: size === IN_ZIP64 && wide ? wide.size : size,
    offset: offset === IN_ZIP64 && wide ? wide.offset : offset,
  }
  if (disk !== 0 || startDisk !== 0 || countHere !== count) throw refuse('it is one part of a split archive')
  if (
    place.size > LARGEST_DIRECTORY ||
    place.offset + place.size > end ||
    place.count > MOST_MEMBERS ||
    place.count * ENTRY_BYTES > place.size
  )
    throw refuse('its zip directory lies outside the file')
  return place
}

/** The end record is the one whose comment reaches exactly to the end of the file. */
function findEnd(tail: Uint8Array): number | undefined {
  const view = new DataView(tail.buffer, tail.byteOffset, tail.byteLength)
  for (let at = tail.length - END_BYTES; at >= 0; at--)
    if (view.getUint32(at, true) === END_SIGNATURE && at + END_BYTES + view.getUint16(at + 20, true) === tail.length)
      return at
  return undefined
}

async function readEnd64(source: ByteSource, end: number, refuse: Refuse): Promise<DirectoryPlace> {
  const missing = 'its ZIP64 directory is missing'
  if (end < LOCATOR_BYTES) throw refuse(missing)
  const locator = new ByteCursor(await source.read(end - LOCATOR_BYTES, LOCATOR_BYTES), 0, refuse)
  if (locator.uint32() !== LOCATOR_SIGNATURE || locator.uint32() !== 0) throw refuse(missing)
  const at = locator.uint64()
  if (at + END64_BYTES > end) throw refuse(missing)
  const record = new ByteCursor(await source.read(at, END64_BYTES), 0, refuse)
  if (record.uint32() !== END64_SIGNATURE) throw refuse(missing)
  record.take(20) // its own size, two versions, two disk numbers
  const [countHere, count, size, offset] = [record.uint64(), record.uint64(), record.uint64(), record.uint64()]
  if (countHere !== count) throw refuse('it is one part of a split archive')
  return { count, size, offset }
}

export function parseDirectory(bytes: Uint8Array, count: number, refuse: Refuse): ZipEntry[] {
  const cursor = new ByteCursor(bytes, 0, refuse)
  const entries = Array.from({ length: count }, () => parseEntry(cursor, refuse))
  if (cursor.at !== bytes.length) throw refuse('its zip directory has another length than announced')
  return entries
}

function parseEntry(cursor: ByteCursor, refuse: Refuse): ZipEntry {
  if (cursor.uint32() !== ENTRY_SIGNATURE) throw refuse('its zip directory is damaged')
  cursor.take(4) // versions
  const [flags, method] = [cursor.uint16(), cursor.uint16()]
  cursor.take(4) // date and time
  const [crc, compressedSize, size] = [cursor.uint32(), cursor.uint32(), cursor.uint32()]
  const [nameLength, extraLength, commentLength] = [cursor.uint16(), cursor.uint16(), cursor.uint16()]
  if (cursor.uint16() !== 0) throw refuse('it is one part of a split archive')
  cursor.take(6) // attributes
  const headerOffset = cursor.uint32()
  const rawName = cursor.take(nameLength)
  const wide = wideFields(new ByteCursor(cursor.take(extraLength), 0, refuse))
  cursor.take(commentLength)
  // ZIP64 holds only the fields that are all ones, in this order.
  const resolve = (narrow: number): number => (narrow === IN_ZIP64 && wide ? wide.uint64() : narrow)
  const sizes = { size: resolve(size), compressedSize: resolve(compressedSize), headerOffset: resolve(headerOffset) }
  return { name: Buffer.from(rawName).toString('utf8'), rawName, flags, method, crc, ...sizes }
}

/** The ZIP64 field among the extra fields, each an id, a length and its bytes. */
function wideFields(extra: ByteCursor): ByteCursor | undefined {
  while (extra.at + 4 <= extra.bytes.length) {
    const id = extra.uint16()
    const field = extra.take(extra.uint16())
    if (id === ZIP64_FIELD) return new ByteCursor(field, 0, extra.refuse)
  }
  return undefined
}
