import { expect, test } from 'vitest'
import { expOfNegative, softmaxRows } from './softmaxRows'

test('e^x is right to 2e-7 of its value from 0 to where float32 ends', () => {
  const samples = Array.from({ length: 6000 }, (_, i) => -0.0145 * i)
  expect(Math.max(...samples.map(x => Math.abs(expOfNegative(x) / Math.exp(x) - 1)))).toBeLessThan(2e-7)
  expect([-88, -1e6, -Infinity].map(expOfNegative)).toEqual([0, 0, 0])
})

test('every row sums to 1, however large its energies', () => {
  const rows = softmaxRows(Float32Array.of(1000, 1000, Math.log(3), 0, -200, 0), 2)
  expect([...rows]).toEqual([0.5, 0.5, 0.75, 0.25, 0, 1].map(value => expect.closeTo(value, 6)))
})
