import { expect, test } from 'vitest'
import { averagePrecision, meanAveragePrecision } from './averagePrecision'

test('a perfect ranking has AP 1, whatever the scores', () => {
  expect(averagePrecision([0.9, -3, 0.2, 7], [1, 0, 0, 1])).toBe(1)
})

test('present, absent, present, absent, worked out by hand', () => {
  // Precision at recall ½ is 1, at recall 1 it is 2/3: ½·1 + ½·2/3.
  expect(averagePrecision([4, 3, 2, 1], [1, 0, 1, 0])).toBeCloseTo(5 / 6, 12)
})

test('a dip of precision is filled by what comes later', () => {
  // Falling scores 0 1 1 1: precisions 0, 1/2, 2/3, 3/4 – at every recall the best still to come is 3/4.
  expect(averagePrecision([4, 3, 2, 1], [0, 1, 1, 1])).toBeCloseTo(3 / 4, 12)
})

test('photos of equal score enter together, so their order does not matter', () => {
  // Both at 0.5 enter at once: precision 1/2 at recall 1.
  expect(averagePrecision([0.5, 0.5], [1, 0])).toBe(0.5)
  expect(averagePrecision([0.5, 0.5], [0, 1])).toBe(0.5)
})

test('the worst ranking of 1 in 4 has AP 1/4', () => {
  expect(averagePrecision([4, 3, 2, 1], [0, 0, 0, 1])).toBe(0.25)
})

test('NaN ranks last and infinite scores are ranked', () => {
  expect(averagePrecision([NaN, Infinity, -Infinity, 0], [0, 1, 0, 1])).toBe(1)
  expect(averagePrecision([NaN, 1], [1, 0])).toBe(0.5)
})

test('a class without a photo has no AP and does not count in the mean', () => {
  expect(averagePrecision([1, 2], [0, 0])).toBeNull()
  expect(averagePrecision([], [])).toBeNull()
  expect(meanAveragePrecision([0.5, null, 1])).toBe(0.75)
  expect(meanAveragePrecision([null])).toBeNull()
})

test('agrees with a direct sum over the positives on 1,000 photos', () => {
  const scores = Array.from({ length: 1000 }, (_, i) => ((i * 7919 + 13) % 1009) / 1009)
  const labels = scores.map((score, i) => (score + ((i * 31) % 17) / 17 > 1.2 ? 1 : 0))
  // Each positive adds 1/P times the best precision over all thresholds at or below its score.
  const precisionAt = (threshold: number) => {
    const called = labels.filter((_, i) => scores[i]! >= threshold)
    return called.filter(label => label === 1).length / called.length
  }
  const positives = scores.filter((_, i) => labels[i] === 1)
  const sum = positives.reduce(
    (total, score) => total + Math.max(...scores.filter(s => s <= score).map(precisionAt)),
    0,
  )
  expect(averagePrecision(scores, labels)).toBeCloseTo(sum / positives.length, 10)
})
