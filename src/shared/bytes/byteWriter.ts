/** Bytes written one after another, in memory that grows. */
export class ByteWriter {
  #bytes: Uint8Array
  #length = 0

  /** @param expected bytes: more are taken when there are more */
  constructor(expected = 256) {
    this.#bytes = new Uint8Array(Math.max(16, expected))
  }

  get length(): number {
    return this.#length
  }

  /** @param value 0 … 255 */
  byte(value: number): void {
    this.#reserve(1)
    this.#bytes[this.#length++] = value
  }

  /** A whole number from 0 to 2^31 − 1 as LEB128: seven bits a byte, the lowest first, the high bit where more follow. */
  varint(value: number): void {
    this.#reserve(5)
    let rest = value
    while (rest > 0x7f) {
      this.#bytes[this.#length++] = (rest & 0x7f) | 0x80
      rest >>>= 7
    }
    this.#bytes[this.#length++] = rest
  }

  /** Four bytes, the lowest first. @param value 0 … 2^32 − 1 */
  uint32(value: number): void {
    for (let shift = 0; shift < 32; shift += 8) this.byte((value >>> shift) & 0xff)
  }

  append(bytes: Uint8Array): void {
    this.#reserve(bytes.length)
    this.#bytes.set(bytes, this.#length)
    this.#length += bytes.length
  }

  /** What has been written, in memory of its own. */
  finish(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#bytes.subarray(0, this.#length))
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#bytes.length) return
    const larger = new Uint8Array(Math.max(2 * this.#bytes.length, this.#length + more))
    larger.set(this.#bytes)
    this.#bytes = larger
  }
}
