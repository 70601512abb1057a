import { expect, test } from 'vitest'
import { bytesText, countOf, countText, durationText, percentOf, percentText } from './amounts'

test('bytes come in the unit that leaves one to three figures', () => {
  const sizes = [0, 999, 1_000, 1_500, 820_000, 1_400_000_000, 250_000_000_000]
  expect(sizes.map(bytesText)).toEqual(['0 B', '999 B', '1.0 kB', '1.5 kB', '820 kB', '1.4 GB', '250 GB'])
})

test('durations are as exact as anybody acts on', () => {
  const times = [400, 8_200, 89_000, 120_000, 5_300_000, 12_000_000]
  expect(times.map(durationText)).toEqual(['0 s', '8 s', '89 s', '2 min', '88 min', '3 h 20 min'])
})

test('a share is rounded to the decimals that were asked for, and a dash where it is not defined', () => {
  expect([percentOf(0.4567), percentOf(null), percentOf(0.4567, 2)]).toEqual(['45.7', '–', '45.67'])
  expect([percentText(0.4567), percentText(null), percentText(0.4567, 0)]).toEqual(['45.7 %', '–', '46 %'])
})

test('counts are grouped from four figures on and agree with their noun', () => {
  expect([437, 4370, 100_000].map(countText)).toEqual(['437', '4,370', '100,000'])
  expect(countOf(1, 'class', 'classes')).toBe('1 class')
  expect(countOf(0, 'photo')).toBe('0 photos')
  expect(countOf(1234, 'photo')).toBe('1,234 photos')
})
