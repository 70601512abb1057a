import { WorkbenchError } from '../../../shared/errors'

const CHANNELS = 4
const ALPHA = 3
const LENGTH_BITS = 32
const WORD_BITS = 5
const SIZE_BITS = 4
const SIZES = 4

/**
 * The mask in Label Studio's brush format: a stream of bits (length; word size − 1; four sizes of run lengths − 1; then
 * blocks of a bit "run", an index into the sizes, a length − 1, and one word or as many) that unpacks to RGBA row by
 * row, whose alpha above 0 is the mask (label-studio-converter, brush.py@1.0.59 `decode_rle`).
 *
 * @param bytes of the stream
 * @param pixels of the photo: the length must be four times as many
 * @returns     `[pixels]`, 0 or 1
 */
export function decodeBrush(bytes: ArrayLike<number>, pixels: number): Uint8Array {
  const bits = new BitReader(bytes)
  const length = bits.take(LENGTH_BITS)
  if (length !== pixels * CHANNELS)
    throw new WorkbenchError(
      'SHAPE_MISMATCH',
      `its brush has ${length} values, ${pixels} pixels need ${pixels * CHANNELS}`,
    )
  const wordSize = bits.take(WORD_BITS) + 1
  const sizes = Array.from({ length: SIZES }, () => bits.take(SIZE_BITS) + 1)
  const mask = new Uint8Array(pixels)
  for (let at = 0; at < length;) {
    const isRun = bits.take(1) === 1
    const end = at + bits.take(sizes[bits.take(2)]!) + 1
    if (end > length) throw new WorkbenchError('BAD_INPUT', 'its brush goes on beyond the photo')
    let word = isRun ? bits.take(wordSize) : 0
    for (; at < end; at++) {
      if (!isRun) word = bits.take(wordSize)
      if (at % CHANNELS === ALPHA && word > 0) mask[(at - ALPHA) / CHANNELS] = 1
    }
  }
  return mask
}

class BitReader {
  readonly #bytes: ArrayLike<number>
  #at = 0

  constructor(bytes: ArrayLike<number>) {
    this.#bytes = bytes
  }

  /** The next bits as a number, the highest first. */
  take(count: number): number {
    if (this.#at + count > this.#bytes.length * 8) throw new WorkbenchError('BAD_INPUT', 'its brush breaks off')
    let value = 0
    for (let i = 0; i < count; i++, this.#at++)
      value = value * 2 + ((this.#bytes[this.#at >> 3]! >> (7 - (this.#at & 7))) & 1)
    return value
  }
}
