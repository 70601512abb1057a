import { expect, test } from 'vitest'
import { byFrequency, conditionalShare, strongestPairs } from './coOccurrence'

// Photos of cat 10, dog 40, cow 4; cat and dog together in 5, dog and cow in 4, cat and cow in 1.
const pairs = { classes: 3, photos: [10, 5, 1, 5, 40, 4, 1, 4, 4] }

test('the strongest pair is the one in which the rarer class is hardly without the other', () => {
  expect(strongestPairs(pairs, 9)).toEqual([
    { first: 1, second: 2, photos: 4, share: 1, rarer: 2 },
    { first: 0, second: 1, photos: 5, share: 0.5, rarer: 0 },
  ])
  expect(strongestPairs(pairs, 1, 1)).toHaveLength(1)
})

test('shares are of the row', () => {
  expect(conditionalShare(pairs, 0, 1)).toBe(0.5)
  expect(conditionalShare(pairs, 1, 0)).toBe(0.125)
  expect(conditionalShare({ classes: 1, photos: [0] }, 0, 0)).toBeNull()
})

test('the most frequent class comes first', () => {
  expect(byFrequency(pairs)).toEqual([1, 0, 2])
})
