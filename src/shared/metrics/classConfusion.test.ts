import { expect, test } from 'vitest'
import { confusionPartners, relativeArea } from './classConfusion'

/** Cat 10 true: 6 right, 3 called dog, 1 background. Dog 10 true: 7 right, 1 called cat, 2 called ox. Ox 4 right. */
const cells = [
  { truth: 0, predicted: 0, pixels: 50 },
  { truth: 0, predicted: 1, pixels: 20 },
  { truth: 1, predicted: 0, pixels: 1 },
  { truth: 1, predicted: 1, pixels: 6 },
  { truth: 1, predicted: 2, pixels: 3 },
  { truth: 2, predicted: 1, pixels: 1 },
  { truth: 2, predicted: 2, pixels: 7 },
  { truth: 2, predicted: 3, pixels: 2 },
  { truth: 3, predicted: 3, pixels: 4 },
]

test('mistakes in both directions count, as shares of truth and mask together', () => {
  expect(confusionPartners(cells, 3)).toEqual([
    undefined,
    { label: 2, share: 4 / 31 },
    { label: 1, share: 4 / 13 },
    { label: 2, share: 2 / 6 },
  ])
})

test('a class that is only taken for background has no partner', () => {
  expect(confusionPartners([{ truth: 1, predicted: 0, pixels: 4 }], 2)).toEqual([undefined, undefined, undefined])
})

test('a mask of half the size has the relative area 0.5, and without truth there is none', () => {
  expect(relativeArea({ truthPixels: 8, predictedPixels: 4 })).toBe(0.5)
  expect(relativeArea({ truthPixels: 0, predictedPixels: 4 })).toBeNull()
})
