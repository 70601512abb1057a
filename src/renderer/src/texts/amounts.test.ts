import { expect, test } from 'vitest'
import { bytesText, countOf, countText, durationText, percentText } from './amounts'

const plain = (text: string) => text.replaceAll('\u202f', ' ')

test('bytes come in the unit that leaves one to three figures', () => {
  const sizes = [0, 999, 1_500, 820_000, 1_400_000_000, 250_000_000_000]
  expect(sizes.map(bytesText).map(plain)).toEqual(['0 B', '999 B', '1.5 kB', '820 kB', '1.4 GB', '250 GB'])
})

test('durations are as exact as anybody acts on', () => {
  const times = [400, 8_200, 89_000, 120_000, 5_300_000, 12_000_000]
  expect(times.map(durationText).map(plain)).toEqual(['0 s', '8 s', '89 s', '2 min', '88 min', '3 h 20 min'])
})

test('a share is a hundred percent only when it is whole', () => {
  expect([0, 0.434, 0.9999, 1].map(percentText).map(plain)).toEqual(['0 %', '43 %', '99 %', '100 %'])
})

test('counts are grouped from five figures on and agree with their noun', () => {
  expect(countText(4370)).toBe('4370')
  expect(countText(100000)).toBe('100,000')
  expect(countOf(1, 'class', 'classes')).toBe('1 class')
  expect(countOf(0, 'photo')).toBe('0 photos')
})
