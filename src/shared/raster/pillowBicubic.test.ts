import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { golden } from '../../../tests/helpers/golden'
import { pillowBicubic } from './pillowBicubic'
import type { RgbImage } from './size'

interface BicubicCase {
  readonly from: [number, number]
  readonly to: [number, number]
  readonly sha256: string
  readonly data?: number[]
}
const { bicubic, rows } = golden<{ bicubic: BicubicCase[]; rows: Record<string, number[]> }>('resize.json')

/** The pixels that tests/golden/resize.py gives Pillow. */
function synthetic(width: number, height: number): RgbImage {
  const data = Uint8Array.from({ length: width * height * 3 }, (_, i) => ((i * 7919 + 13) % 1009) % 256)
  return { data, width, height }
}

test.each(bicubic)('bicubic $from → $to equals Pillow to the last bit', entry => {
  const out = pillowBicubic(synthetic(...entry.from), { width: entry.to[0], height: entry.to[1] })
  if (entry.data) expect([...out.data]).toEqual(entry.data)
  expect(createHash('sha256').update(out.data).digest('hex')).toBe(entry.sha256)
})

test.each(Object.entries(rows))('one row of eight stretches to %s as in Pillow', (length, expected) => {
  const data = Uint8Array.from([10, 50, 200, 30, 90, 250, 0, 128].flatMap(value => [value, value, value]))
  const out = pillowBicubic({ data, width: 8, height: 1 }, { width: Number(length), height: 1 })
  expect([...out.data].filter((_, i) => i % 3 === 0)).toEqual(expected)
})

test('a window is that part of the whole result', () => {
  const image = synthetic(50, 37)
  const to = { width: 71, height: 29 }
  const whole = pillowBicubic(image, to)
  const part = pillowBicubic(image, to, { x0: 13, y0: 5, x1: 60, y1: 28 })
  expect([part.width, part.height]).toEqual([47, 23])
  for (let y = 0; y < part.height; y++)
    expect(part.data.subarray(y * 47 * 3, (y + 1) * 47 * 3)).toEqual(
      whole.data.subarray(((y + 5) * 71 + 13) * 3, ((y + 5) * 71 + 60) * 3),
    )
})
