import { crc32 } from 'node:zlib'
import { WorkbenchError } from '../../../shared/errors'

type Add = (piece: Uint8Array) => Promise<void>

const LOCAL = 0x04034b50
const ENTRY = 0x02014b50
const END = 0x06054b50
/** 2.0: folders and deflate; nothing newer is used. */
const VERSION = 20
const UTF8_NAMES = 0x0800
/** 1 January 1980, the first day that the format knows: the same export gives the same bytes. */
const FIRST_DAY = 0x0021
const MOST_MEMBERS = 0xffff
const LARGEST = 0xffffffff

/**
 * Writes a zip piece by piece (APPNOTE.TXT 6.3.10), its members stored as they are: pictures are compressed already.
 * Members beyond 65,535 or 4 GB would need another format, and are refused.
 */
export class ZipWriter {
  readonly #add: Add
  readonly #entries: Uint8Array[] = []
  #at = 0

  constructor(add: Add) {
    this.#add = add
  }

  async member(name: string, bytes: Uint8Array): Promise<void> {
    if (this.#entries.length === MOST_MEMBERS || this.#at + bytes.length > LARGEST)
      throw new WorkbenchError(
        'UNSUPPORTED',
        'The zip would hold more than 65,535 files or 4 GB: export split by split.',
      )
    const rawName = Buffer.from(name)
    const facts = commonFields(rawName, bytes)
    this.#entries.push(entryOf(rawName, facts, this.#at))
    const header = Buffer.alloc(4)
    header.writeUInt32LE(LOCAL)
    await this.#put(Buffer.concat([header, facts, rawName, bytes]))
  }

  async end(): Promise<void> {
    const start = this.#at
    const directory = Buffer.concat(this.#entries)
    const end = Buffer.alloc(22)
    end.writeUInt32LE(END, 0)
    end.writeUInt16LE(this.#entries.length, 8)
    end.writeUInt16LE(this.#entries.length, 10)
    end.writeUInt32LE(directory.length, 12)
    end.writeUInt32LE(start, 16)
    await this.#put(Buffer.concat([directory, end]))
  }

  async #put(piece: Uint8Array): Promise<void> {
    this.#at += piece.length
    await this.#add(piece)
  }
}

/** From the version needed to the length of the extra field: the same in both headers. */
function commonFields(name: Uint8Array, bytes: Uint8Array): Buffer {
  const fields = Buffer.alloc(26)
  fields.writeUInt16LE(VERSION, 0)
  fields.writeUInt16LE(UTF8_NAMES, 2)
  fields.writeUInt16LE(FIRST_DAY, 8)
  fields.writeUInt32LE(crc32(bytes), 10)
  fields.writeUInt32LE(bytes.length, 14)
  fields.writeUInt32LE(bytes.length, 18)
  fields.writeUInt16LE(name.length, 22)
  return fields
}

function entryOf(name: Uint8Array, facts: Buffer, offset: number): Uint8Array {
  const head = Buffer.alloc(6)
  head.writeUInt32LE(ENTRY, 0)
  head.writeUInt16LE(VERSION, 4)
  const tail = Buffer.alloc(14)
  tail.writeUInt32LE(offset, 10)
  return Buffer.concat([head, facts, tail, name])
}
