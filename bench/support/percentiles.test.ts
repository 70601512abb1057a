import { expect, test } from 'vitest'
import { percentile, percentiles } from './percentiles'

test('a percentile is the smallest value that the share of all do not exceed', () => {
  const backwards = Array.from({ length: 20 }, (_, i) => 20 - i)
  expect([0, 0.05, 0.5, 0.95, 1].map(share => percentile(backwards, share))).toEqual([1, 1, 10, 19, 20])
  expect(percentile([7, 3, 5], 0.95)).toBe(7)
})

test('times are told by median, 95th percentile and the largest; without times by none', () => {
  expect(percentiles([1.26, 3.04, 2.25], 1)).toEqual({ 'median ms': 2.3, 'p95 ms': 3, 'most ms': 3 })
  expect(percentiles([])).toEqual({ 'median ms': NaN, 'p95 ms': NaN, 'most ms': NaN })
})
