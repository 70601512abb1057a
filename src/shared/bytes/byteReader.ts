import { WorkbenchError } from '../errors'

/** Reads bytes one after another; a read past the end is a damaged file. */
export class ByteReader {
  /** Where the next read begins. */
  position: number

  /** @param name what error sentences call the bytes */
  constructor(
    readonly bytes: Uint8Array,
    readonly name: string,
    position = 0,
    readonly end = bytes.length,
  ) {
    this.position = position
  }

  get atEnd(): boolean {
    return this.position >= this.end
  }

  byte(): number {
    if (this.position >= this.end) throw this.damaged(`ends after ${this.end} bytes, in the middle of a value`)
    return this.bytes[this.position++]!
  }

  /** What `ByteWriter.varint` wrote, 0 … 2^31 − 1. */
  varint(): number {
    // Nearly all are small: one byte, read without a loop.
    const first = this.position < this.end ? this.bytes[this.position]! : 0x80
    if (first < 0x80) {
      this.position++
      return first
    }
    let value = 0
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.byte()
      if (shift === 28 && byte > 0x07) break
      value |= (byte & 0x7f) << shift
      if (byte < 0x80) return value
    }
    throw this.damaged(`holds a number beyond 2^31 at byte ${this.position}`)
  }

  /** What `ByteWriter.uint32` wrote. */
  uint32(): number {
    let value = 0
    for (let shift = 0; shift < 32; shift += 8) value |= this.byte() << shift
    return value >>> 0
  }

  damaged(what: string): WorkbenchError {
    return new WorkbenchError('FILE_UNREADABLE', `${this.name} ${what}: it is damaged.`)
  }
}
