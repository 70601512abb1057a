import { expect, test } from 'vitest'
import { bytesText, durationText, percentText, wholePercentText } from './amounts'

test('no line breaks between a figure and its unit', () => {
  expect(percentText(0.4567)).toBe('45.7\u202f%')
  expect(bytesText(1_400_000_000)).toBe('1.4\u202fGB')
  expect(durationText(12_000_000)).toBe('3\u202fh 20\u202fmin')
})

test('a share is a hundred percent only when it is whole', () => {
  const shares = [0, 0.434, 0.9999, 1]
  expect(shares.map(wholePercentText)).toEqual(['0', '43', '99', '100'].map(figure => `${figure}\u202f%`))
})
