import { crc32, deflateSync } from 'node:zlib'
import { decode } from 'fast-png'
import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { decodePng } from './decodePng'

const [GREY, RGB, INDEXED, GREY_ALPHA, RGB_ALPHA] = [0, 2, 3, 4, 6] as const
const channels: Readonly<Record<number, number>> = {
  [GREY]: 1,
  [RGB]: 3,
  [INDEXED]: 1,
  [GREY_ALPHA]: 2,
  [RGB_ALPHA]: 4,
}

function chunk(name: string, data: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(name), data])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.length, 0)
  frame.writeUInt32BE(crc32(named), 4)
  return Buffer.concat([frame.subarray(0, 4), named, frame.subarray(4)])
}

interface Drawn {
  readonly width: number
  readonly height: number
  readonly colour: number
  readonly depth?: number
  readonly interlaced?: boolean
  /** Compressed rows, in as many chunks. */
  readonly parts: readonly Uint8Array[]
}

function png({ width, height, colour, depth = 8, interlaced = false, parts }: Drawn): Uint8Array {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([depth, colour, 0, 0, Number(interlaced)], 8)
  const palette = colour === INDEXED ? [chunk('PLTE', new Uint8Array(768))] : []
  const pixels = parts.map(part => chunk('IDAT', part))
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([signature, chunk('IHDR', header), ...palette, ...pixels, chunk('IEND', new Uint8Array())])
}

const grey = (rows: readonly number[], size = { width: 2, height: 2 }) =>
  png({ ...size, colour: GREY, parts: [deflateSync(Uint8Array.from(rows))] })

test('filters are taken back: none, left, up, mean and Paeth’s', () => {
  const rows = [[0, 10, 20], [1, 10, 20], [2, 1, 1], [3, 10, 10], [4, 1, 1]] // prettier-ignore
  const { data } = decodePng(grey(rows.flat(), { width: 2, height: 5 }))
  // 10,20 · 10,10+20 · 11,31 · 10+⌊11/2⌋, 10+⌊(15+31)/2⌋ · 1+15, 1 + (nearest of 16, 33, 15 to 16+33−15 = 34)
  expect([...data]).toEqual([10, 20, 10, 30, 11, 31, 15, 33, 16, 34])
})

const depths = {
  [GREY]: [1, 2, 4, 8, 16],
  [RGB]: [8, 16],
  [INDEXED]: [1, 2, 4, 8],
  [GREY_ALPHA]: [8, 16],
  [RGB_ALPHA]: [8, 16],
} as const

test('rows of any depth under any filters are what another decoder reads', () => {
  const random = xoroshiro128plus(7)
  const below = (limit: number) => uniformInt(random, 0, limit - 1)
  for (let n = 0; n < 500; n++) {
    const [width, height] = [1 + below(9), 1 + below(9)]
    const colour = [GREY, RGB, INDEXED, GREY_ALPHA, RGB_ALPHA][below(5)]!
    const depth = depths[colour][below(depths[colour].length)]!
    const rowBytes = Math.ceil((width * channels[colour]! * depth) / 8)
    const row = () => [below(5), ...Array.from({ length: rowBytes }, () => below(256))]
    const packed = deflateSync(Uint8Array.from(Array.from({ length: height }, row).flat()))
    const cut = below(packed.length)
    const parts = [packed.subarray(0, cut), packed.subarray(cut)]
    const other = decode(png({ width, height, colour, depth, parts }))
    const own = decodePng(png({ width, height, colour, depth, parts }))
    // The other one leaves several values of less than 8 bits in a byte: our values are put together again.
    const data = depth < 8 ? packedRows(own.data, width, depth) : own.data
    expect([own.width, own.height, own.channels, own.depth]).toEqual([width, height, other.channels, depth])
    expect([...data]).toEqual([...other.data].map((byte, at) => withoutPadding(byte, at % rowBytes, width, depth)))
  }
})

/** `[height, width]` values as rows of bytes, the first value in the high bits. */
function packedRows(values: ArrayLike<number>, width: number, depth: number): number[] {
  const rowBytes = Math.ceil((width * depth) / 8)
  const rows = new Array<number>((values.length / width) * rowBytes).fill(0)
  for (let i = 0; i < values.length; i++) {
    const bit = (i % width) * depth
    rows[Math.floor(i / width) * rowBytes + (bit >> 3)]! += values[i]! << (8 - depth - (bit & 7))
  }
  return rows
}

/** A row's last byte without the bits behind the last pixel, which mean nothing. */
function withoutPadding(byte: number, place: number, width: number, depth: number): number {
  const used = width * depth - place * 8
  return depth < 8 && used < 8 ? byte & (0xff00 >> used) : byte
}

const sides = [1, 2, 3, 4, 5, 8, 9, 13]

test.each(sides)('an interlaced picture %i pixels wide is what libvips says it is', async width => {
  for (const height of sides) {
    const colours = height % 2 === 0 ? 1 : 4
    const pixels = Uint8Array.from({ length: width * height * colours }, (_, i) => (i * 37 + (i >> 3)) % 256)
    const picture = sharp(pixels, { raw: { width, height, channels: colours } })
    const file = await picture
      .toColourspace(colours === 1 ? 'b-w' : 'srgb')
      .png({ progressive: true })
      .toBuffer()
    expect(isInterlaced(file)).toBe(true)
    expect(decodePng(file)).toEqual({ width, height, channels: colours, depth: 8, data: pixels })
  }
})

test.each([
  [2, 1],
  [4, 2],
  [16, 4],
])('an interlaced picture of %i colours has %i bits, and is what libvips says it is', async (colours, depth) => {
  for (const side of sides) {
    const rgb = Uint8Array.from({ length: side * 7 * 3 }, (_, i) => (i * 91) % 256)
    const picture = sharp(rgb, { raw: { width: side, height: 7, channels: 3 } })
    const file = await picture.png({ palette: true, colours, progressive: true, dither: 0 }).toBuffer()
    const decoded = decodePng(file)
    expect([isInterlaced(file), decoded.depth]).toEqual([true, depth])
    const palette = file.subarray(file.indexOf('PLTE') + 4)
    const seen = [...decoded.data].flatMap(index => [...palette.subarray(3 * index, 3 * index + 3)])
    expect(seen).toEqual([...(await sharp(file).removeAlpha().raw().toBuffer())])
  }
})

test('an interlaced picture of 16 bits is what libvips says it is', async () => {
  const values = Uint16Array.from({ length: 9 * 5 * 3 }, (_, i) => (i * 7919) % 65_536)
  const picture = sharp(values, { raw: { width: 9, height: 5, channels: 3 } })
  const file = await picture.toColourspace('rgb16').png({ progressive: true }).toBuffer()
  expect(isInterlaced(file)).toBe(true)
  expect(decodePng(file)).toEqual({ width: 9, height: 5, channels: 3, depth: 16, data: values })
})

function isInterlaced(file: Uint8Array): boolean {
  return file[28] === 1
}

test.each([
  ['fewer pixels than its header says', grey([0, 1, 2, 0, 1]), 'breaks off after 5 bytes'],
  ['more pixels than its header says', grey([0, 1, 2, 0, 1, 2, 0]), 'more than the 2×2 pixels of its header'],
  ['a filter that is none', grey([5, 1, 2, 0, 1, 2]), 'filter 5'],
  ['a cut', grey([0, 1, 2, 0, 1, 2]).subarray(0, 50), 'breaks off at byte 50'],
  ['a cut header', grey([0, 1, 2, 0, 1, 2]).subarray(0, 20), 'breaks off at byte 20'],
  ['a damaged chunk', grey([0, 1, 2, 0, 1, 2]).map((byte, at) => (at === 45 ? byte ^ 1 : byte)), 'is damaged'],
  ['a chunk before its header', grey([]).map((byte, at) => (at === 12 ? byte ^ 1 : byte)), 'begin with its header'],
  ['no width', grey([0, 0], { width: 0, height: 2 }), '0×2 pixels'],
  [
    'a depth that is none',
    png({ width: 2, height: 2, colour: RGB, depth: 4, parts: [] }),
    '4 bits of the colour type 2',
  ],
])('a file with %s is refused', (_, bytes, sentence) => {
  expect(() => decodePng(bytes)).toThrow(sentence)
})

const bomb = deflateSync(new Uint8Array(1 << 24))

test.each([
  ['8 bits', { depth: 8 }],
  ['16 bits', { depth: 16 }],
  ['interlaced pixels', { interlaced: true }],
])('a bomb of %s is unpacked no further than its header says', (_, kind) => {
  expect(() => decodePng(png({ width: 4, height: 4, colour: GREY, ...kind, parts: [bomb] }))).toThrow('of its header')
})

test('a second header changes no size: it is refused', () => {
  const small = grey([0, 1, 2, 0, 1, 2])
  const header = png({ width: 4096, height: 4096, colour: GREY, parts: [] }).subarray(8, 33)
  const bytes = Buffer.concat([small.subarray(0, 33), header, small.subarray(33)])
  expect(() => decodePng(bytes)).toThrow('a second header at byte 33')
})

test('a colour profile is not unpacked', () => {
  const small = grey([0, 1, 2, 0, 1, 2])
  // Not even zlib's: whoever looks at it stumbles.
  const profile = chunk('iCCP', Buffer.from('name\0\0no stream of zlib'))
  const bytes = Buffer.concat([small.subarray(0, 33), profile, small.subarray(33)])
  expect([...decodePng(bytes).data]).toEqual([1, 2, 1, 2])
})
