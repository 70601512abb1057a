interface BrushSizes {
  /** Bits of the four lengths that a block may have, 1 … 16. */
  readonly sizes: readonly [number, number, number, number]
  /** Bits of a value, 1 … 32. */
  readonly wordSize: number
}

/**
 * Label Studio's brush of a mask of 0 and 1, each pixel four times the same (label-studio-converter, brush.py@1.0.59,
 * `encode_rle`): blocks of what repeats and of what does not, each with the size that its place chooses.
 */
export function encodeBrush(mask: Uint8Array, { sizes, wordSize }: BrushSizes): number[] {
  const largest = 2 ** wordSize - 1
  const words = [...mask].flatMap(value => new Array<number>(4).fill(value * largest))
  let stream = bits(words.length, 32) + bits(wordSize - 1, 5) + sizes.map(size => bits(size - 1, 4)).join('')
  for (let at = 0, block = 0; at < words.length; block++) {
    const size = sizes[block % 4]!
    const longest = Math.min(2 ** size, words.length - at)
    const isRun = block % 3 !== 0
    let length = 1
    while (length < longest && (!isRun || words[at + length] === words[at])) length++
    const values = isRun ? words.slice(at, at + 1) : words.slice(at, at + length)
    stream += (isRun ? '1' : '0') + bits(block % 4, 2) + bits(length - 1, size)
    stream += values.map(value => bits(value, wordSize)).join('')
    at += length
  }
  return (stream.match(/.{1,8}/g) ?? []).map(byte => parseInt(byte.padEnd(8, '0'), 2))
}

function bits(value: number, count: number): string {
  return value.toString(2).padStart(count, '0')
}
