import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { decode, encode } from 'fast-png'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../../tests/helpers/temporaryFolder'
import { vocPalette } from '../../shared/raster/palette'
import { decodeLabelPng, encodeLabelPng, readLabelPng } from './labelPng'

const labels = Uint8Array.of(0, 1, 15, 255, 20, 2)
const palette = vocPalette()

test('a label map survives as indexed PNG with the VOC palette', () => {
  const bytes = encodeLabelPng({ labels, width: 3, height: 2 })
  expect(bytes[25]).toBe(3) // colour type: indexed
  expect(decode(bytes).palette?.[255]).toEqual([224, 224, 192])
  expect(decodeLabelPng(bytes, 'x')).toEqual({ labels, width: 3, height: 2 })
})

test('another reader sees the VOC colours', async () => {
  const pixels = await sharp(encodeLabelPng({ labels, width: 3, height: 2 }))
    .removeAlpha()
    .raw()
    .toBuffer()
  expect([...pixels]).toEqual([...labels].flatMap(label => [...palette.subarray(label * 3, label * 3 + 3)]))
})

test.each([1, 2, 4] as const)('an indexed PNG of %i bits keeps its indices', depth => {
  // Rows of 3 pixels end inside a byte: labels 0 and 1 only, so that they fit one bit.
  const bits = Array.from({ length: 4 }, (_, y) => (y % 2 ? [1, 0, 1] : [0, 1, 1]))
  const data = Uint8Array.from(
    bits.flatMap(row => {
      const packed = row.reduce((sum, bit, x) => sum | (bit << (16 - depth * (x + 1))), 0)
      return depth === 4 ? [packed >> 8, packed & 255] : [packed >> 8]
    }),
  )
  const rows = 3 * depth > 8 ? 4 : data.length
  const colours = [
    [9, 9, 9],
    [200, 0, 0],
  ]
  const bytes = encode({ width: 3, height: rows, data, depth, channels: 1, palette: colours })
  expect([...decodeLabelPng(bytes, 'x').labels]).toEqual(bits.flat())
})

test('grey of 8 and 16 bits holds labels as values', () => {
  const grey = encode({ width: 3, height: 2, data: labels, depth: 8, channels: 1 })
  const wide = encode({ width: 3, height: 2, data: Uint16Array.from(labels), depth: 16, channels: 1 })
  expect(decodeLabelPng(grey, 'x').labels).toEqual(labels)
  expect(decodeLabelPng(wide, 'x').labels).toEqual(labels)
})

test('VOC colours, with or without alpha, are labels', () => {
  const rgb = Uint8Array.from([...labels].flatMap(label => [...palette.subarray(label * 3, label * 3 + 3)]))
  const rgba = Uint8Array.from([...labels].flatMap(label => [...palette.subarray(label * 3, label * 3 + 3), 255]))
  expect(decodeLabelPng(encode({ width: 3, height: 2, data: rgb, channels: 3 }), 'x').labels).toEqual(labels)
  expect(decodeLabelPng(encode({ width: 3, height: 2, data: rgba, channels: 4 }), 'x').labels).toEqual(labels)
})

test('a colour that is none of the palette is named with its place', () => {
  const data = Uint8Array.of(128, 0, 0, 1, 2, 3)
  expect(() => decodeLabelPng(encode({ width: 1, height: 2, data, channels: 3 }), 'mask.png')).toThrow(
    'mask.png has the colour #010203 at (0, 1)',
  )
})

test('a 16-bit value above 255 is named with its place', () => {
  const wide = encode({ width: 2, height: 1, data: Uint16Array.of(7, 300), depth: 16, channels: 1 })
  expect(() => decodeLabelPng(wide, 'mask.png')).toThrow('mask.png has the value 300 at (1, 0)')
})

test('corrupt, truncated, foreign and huge masks are refused by name', async () => {
  const good = encodeLabelPng({ labels: new Uint8Array(5000), width: 100, height: 50 })
  const flipped = Uint8Array.from(good)
  flipped[flipped.length - 20]! ^= 0xff
  const huge = Uint8Array.from(good)
  new DataView(huge.buffer).setUint32(16, 40_000)
  expect(() => decodeLabelPng(flipped, 'mask.png')).toThrow('Mask mask.png cannot be read')
  expect(() => decodeLabelPng(good.subarray(0, good.length - 30), 'mask.png')).toThrow('Mask mask.png cannot be read')
  expect(() => decodeLabelPng(new TextEncoder().encode('P5 2 2 255'), 'mask.pgm')).toThrow('mask.pgm is no PNG')
  expect(() => decodeLabelPng(huge, 'mask.png')).toThrow('mask.png is 40000×50')
  await expect(readLabelPng('/nowhere/mask.png')).rejects.toMatchObject({ code: 'FILE_UNREADABLE' })
})

test('a mask whose second header is a bomb is refused by name', () => {
  const small = encodeLabelPng({ labels, width: 3, height: 2 })
  const large = encodeLabelPng({ labels: new Uint8Array(1 << 20), width: 1024, height: 1024 })
  const bytes = Buffer.concat([small.subarray(0, 33), large.subarray(8)])
  expect(() => decodeLabelPng(bytes, 'mask.png')).toThrow(
    'Mask mask.png cannot be read (it has a second header at byte 33): replace the file.',
  )
})

test('a wrong number of labels is refused', () => {
  expect(() => encodeLabelPng({ labels, width: 4, height: 2 })).toThrow('6 labels are no map of 4×2')
})

const vocMask = '../shared/data/voc-animals/SegmentationClass/2007_000063.png'
test.skipIf(!existsSync(vocMask))('a mask of the real photos holds VOC labels', async () => {
  const { labels: real } = await readLabelPng(vocMask)
  expect(new Set(real).size).toBeGreaterThan(1)
})

test('a label map on disk reads back', async () => {
  const path = join(temporaryFolder(), 'mask.png')
  await writeFile(path, encodeLabelPng({ labels, width: 2, height: 3 }))
  expect(await readLabelPng(path)).toEqual({ labels, width: 2, height: 3 })
})
