import { expect, test } from 'vitest'
import { bankAppearances, distributionCoefficients, totalDemand } from './distributionCoefficient'

/** Photos of each class in VOC trainaug, most frequent first, and the demand that the reference has as literals. */
const counts = [4155, 1228, 1188, 1150, 1005, 714, 705, 649, 613, 590, 567, 522, 504, 503, 492, 468, 445, 393, 300, 267]
const demand = [
  66642, 13956, 13316, 12784, 11044, 8134, 8062, 7726, 7582, 7536, 7536, 7626, 7698, 7704, 7792, 8032, 8308, 9036,
  10524, 11118,
]
const close = (values: readonly number[], digits: number) =>
  values.map(value => expect.closeTo(value, digits) as number)

test('the demand of VOC trainaug is what the reference has as literals', () => {
  expect(totalDemand(counts)).toEqual(demand)
})

test('the coefficients of VOC trainaug, with the reference’s 396 draws a class and without any', () => {
  const reference = [
    1.5451, 0.9068, 0.887, 0.8725, 0.8318, 0.7732, 0.7726, 0.7801, 0.7929, 0.8065, 0.8257, 0.8765, 0.9025, 0.9042,
    0.9259, 0.9809, 1.0424, 1.2084, 1.5955, 1.7694,
  ]
  const plain = [
    0.9707, 0.6878, 0.6784, 0.6728, 0.6651, 0.6895, 0.6921, 0.7205, 0.7486, 0.773, 0.8044, 0.8842, 0.9244, 0.9269,
    0.9585, 1.0387, 1.1299, 1.3915, 2.1231, 2.5201,
  ]
  expect(distributionCoefficients(counts, 396)).toEqual(close(reference, 4))
  expect(distributionCoefficients(counts, 0)).toEqual(close(plain, 4))
})

test('four classes of 1000, 300, 100 and 50 photos', () => {
  const few = [1000, 300, 100, 50]
  expect(totalDemand(few)).toEqual([2550, 1150, 1150, 1250])
  expect(distributionCoefficients(few, 0)).toEqual(close([0.237855, 0.357559, 1.072678, 2.331908], 6))
  expect(distributionCoefficients(few, 30)).toEqual(close([0.325414, 0.458055, 1.162754, 2.053777], 6))
})

test('the mean is 1, the order of classes does not matter, nor the unit of counts and draws', () => {
  const coefficients = distributionCoefficients(counts, 100)
  expect(coefficients.reduce((sum, value) => sum + value, 0) / counts.length).toBeCloseTo(1, 12)
  expect(distributionCoefficients(counts.toReversed(), 100)).toEqual(close(coefficients.toReversed(), 12))
  const scaled = counts.map(count => count * 7)
  expect(distributionCoefficients(scaled, 700)).toEqual(close(coefficients, 12))
})

test('equal counts and a single class weigh 1; a class without photos weighs nothing and changes nothing', () => {
  expect(distributionCoefficients([40, 40, 40], 5)).toEqual([1, 1, 1])
  expect(distributionCoefficients([12], 0)).toEqual([1])
  const [a, none, b] = distributionCoefficients([30, 0, 10], 0)
  expect([a, b]).toEqual(distributionCoefficients([30, 10], 0))
  expect(none).toBe(0)
  expect(distributionCoefficients([], 0)).toEqual([])
})

test('the bank’s appearances: four draws a step of VOC’s 660 steps and the reference’s factor 3 are 396', () => {
  expect(bankAppearances({ drawsPerStep: 4, stepsPerEpoch: 660 }, 20, 3)).toBe(396)
})
