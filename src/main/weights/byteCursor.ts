import type { Refuse } from '../../shared/tensors/refusal'

/** Reads values one after the other; every read is checked against the end. */
export class ByteCursor {
  readonly #view: DataView

  constructor(
    readonly bytes: Uint8Array,
    public at: number,
    readonly refuse: Refuse,
  ) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  /** The next `length` bytes, as a view. */
  take(length: number): Uint8Array {
    const start = this.#advance(length)
    return this.bytes.subarray(start, start + length)
  }

  uint8(): number {
    return this.#view.getUint8(this.#advance(1))
  }

  uint16(): number {
    return this.#view.getUint16(this.#advance(2), true)
  }

  int32(): number {
    return this.#view.getInt32(this.#advance(4), true)
  }

  uint32(): number {
    return this.#view.getUint32(this.#advance(4), true)
  }

  /** A 64-bit length or offset; one that no file can have is refused. */
  uint64(): number {
    const value = this.#view.getBigUint64(this.#advance(8), true)
    if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw this.refuse(`${value} at byte ${this.at - 8} is not a length`)
    return Number(value)
  }

  float64BigEndian(): number {
    return this.#view.getFloat64(this.#advance(8), false)
  }

  /** Text up to the next line feed, which is consumed. */
  line(longest: number): string {
    const end = this.bytes.subarray(this.at, this.at + longest + 1).indexOf(0x0a)
    if (end === -1) throw this.refuse(`a line without an end at byte ${this.at}`)
    const text = Buffer.from(this.take(end)).toString('latin1')
    this.at++
    return text
  }

  #advance(length: number): number {
    const start = this.at
    if (length > this.bytes.length - start)
      throw this.refuse(`it is truncated: ${length} bytes wanted at byte ${start}, ${this.bytes.length - start} left`)
    this.at += length
    return start
  }
}
