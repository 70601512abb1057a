import { expect, test } from 'vitest'
import { roundHalfEven } from './roundHalfEven'
import { scaledSize, sizeWithLongestSide } from './size'

// Sizes of scaled photos as Python's round() gives them; Math.round gets four of these five wrong.
test.each([
  [375 * 0.5, 188],
  [375 * 1.5, 562],
  [333 * 0.5, 166],
  [281 * 0.5, 140],
  [335 * 1.5, 502],
  [2.4999, 2],
  [-0.5, 0],
  [-1.5, -2],
])('rounds %d to %d', (value, expected) => expect(roundHalfEven(value)).toBeCloseTo(expected, 12))

test('a photo of 500×375 shrinks to 320×240 and scales to 160×120', () => {
  const base = sizeWithLongestSide({ width: 500, height: 375 }, 320)
  expect(base).toEqual({ width: 320, height: 240 })
  expect(scaledSize(base, 0.5)).toEqual({ width: 160, height: 120 })
})

test('no side shrinks below one pixel', () => {
  expect(sizeWithLongestSide({ width: 2000, height: 3 }, 320)).toEqual({ width: 320, height: 1 })
})
