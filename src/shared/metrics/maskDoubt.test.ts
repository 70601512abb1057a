import { expect, test } from 'vitest'
import { maskDoubt } from './maskDoubt'

/** One pixel a label, all with the same scores: class 0 (label 1) at 0.8, class 1 (label 2) at 0.4, background 0.5. */
function doubtOf(...labels: number[]) {
  const ranked = {
    scores: new Float32Array(labels.length).fill(0.8),
    seconds: new Float32Array(labels.length).fill(0.4),
    places: new Uint8Array(labels.length).fill(0),
    secondPlaces: new Uint8Array(labels.length).fill(1),
  }
  return maskDoubt(Uint8Array.from(labels), ranked, Int32Array.of(0, 1), 0.5)
}

test('a pixel is wrong with its best rival’s eighth power over both', () => {
  // 1 / (1 + 1.6⁸) = 1 / 43.95; 1.6⁸ / (1 + 1.6⁸) = 42.95 / 43.95; 2⁸ / (1 + 2⁸) = 256 / 257
  expect(doubtOf(1).cells).toEqual([{ label: 1, other: 0, expected: expect.closeTo(1 / 43.95, 5) }])
  expect(doubtOf(0).cells).toEqual([{ label: 0, other: 1, expected: expect.closeTo(42.95 / 43.95, 5) }])
  expect(doubtOf(2).cells).toEqual([{ label: 2, other: 1, expected: expect.closeTo(256 / 257, 5) }])
})

test('pixels of one label that should be another are added; a class without a map is surely wrong, void never', () => {
  expect(doubtOf(3, 3, 255).cells).toEqual([{ label: 3, other: 1, expected: expect.closeTo(2, 6) }])
})

test('entropy is 1 where background and two classes are alike, and null where nothing was found', () => {
  const even = (score: number, threshold: number) =>
    maskDoubt(
      Uint8Array.of(0),
      {
        scores: Float32Array.of(score),
        seconds: Float32Array.of(score),
        places: Uint8Array.of(0),
        secondPlaces: Uint8Array.of(1),
      },
      Int32Array.of(0, 1),
      threshold,
    ).entropy
  expect(even(0.5, 0.5)).toBeCloseTo(1, 6)
  // Shares 0.5, 0.25, 0.25: 1.5 bits of log2 3.
  expect(even(0.25, 0.5)).toBeCloseTo(1.5 / Math.log2(3), 6)
  expect(even(0.24, 0.5)).toBeNull()
})

test('without maps nothing but the background can be expected', () => {
  const none = { scores: new Float32Array(2), seconds: new Float32Array(2), places: new Uint8Array(2), secondPlaces: new Uint8Array(2) } // prettier-ignore
  expect(maskDoubt(Uint8Array.of(0, 1), none, new Int32Array(), 0.3).cells).toEqual([
    { label: 1, other: 0, expected: 1 },
  ])
})
