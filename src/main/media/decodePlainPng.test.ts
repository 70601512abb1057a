import { crc32, deflateSync } from 'node:zlib'
import { decode } from 'fast-png'
import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import { expect, test } from 'vitest'
import { decodePlainPng } from './decodePlainPng'

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
  const { data } = decodePlainPng(grey(rows.flat(), { width: 2, height: 5 }))!
  // 10,20 · 10,10+20 · 11,31 · 10+⌊11/2⌋, 10+⌊(15+31)/2⌋ · 1+15, 1 + (nearest of 16, 33, 15 to 16+33−15 = 34)
  expect([...data]).toEqual([10, 20, 10, 30, 11, 31, 15, 33, 16, 34])
})

test('any rows under any filters are what another decoder reads', () => {
  const random = xoroshiro128plus(7)
  const below = (limit: number) => uniformInt(random, 0, limit - 1)
  for (let n = 0; n < 300; n++) {
    const [width, height] = [1 + below(9), 1 + below(9)]
    const colour = [GREY, RGB, INDEXED, GREY_ALPHA, RGB_ALPHA][below(5)]!
    const row = () => [below(5), ...Array.from({ length: width * channels[colour]! }, () => below(256))]
    const packed = deflateSync(Uint8Array.from(Array.from({ length: height }, row).flat()))
    const cut = below(packed.length)
    const file = png({ width, height, colour, parts: [packed.subarray(0, cut), packed.subarray(cut)] })
    const other = decode(file)
    const own = decodePlainPng(file)!
    expect([own.width, own.height, own.channels, ...own.data]).toEqual([
      ...[other.width, other.height, other.channels],
      ...other.data,
    ])
  }
})

test('other depths and interlaced files are left to others', () => {
  const parts = [deflateSync(new Uint8Array(10))]
  expect(decodePlainPng(png({ width: 2, height: 2, colour: GREY, depth: 16, parts }))).toBeUndefined()
  expect(decodePlainPng(png({ width: 2, height: 2, colour: GREY, interlaced: true, parts }))).toBeUndefined()
})

test.each([
  ['fewer pixels than its header says', grey([0, 1, 2, 0, 1]), 'breaks off after 5 bytes'],
  ['a filter that is none', grey([5, 1, 2, 0, 1, 2]), 'filter 5'],
  ['a cut', grey([0, 1, 2, 0, 1, 2]).subarray(0, 50), 'breaks off at byte 50'],
  ['a damaged chunk', grey([0, 1, 2, 0, 1, 2]).map((byte, at) => (at === 45 ? byte ^ 1 : byte)), 'is damaged'],
])('a file with %s is refused', (_, bytes, sentence) => {
  expect(() => decodePlainPng(bytes)).toThrow(sentence)
})

test('a bomb is unpacked no further than its header says', () => {
  const packed = deflateSync(new Uint8Array(1 << 24))
  expect(() => decodePlainPng(png({ width: 2, height: 2, colour: GREY, parts: [packed] }))).toThrow()
})
