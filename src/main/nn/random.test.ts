import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { expect, test } from 'vitest'
import { kaimingNormal, torchDefault } from './initializers'
import type { ParameterOptions } from './parameter'
import { keyedGenerator, keyHash } from './random'

test('neighbouring keys draw unrelated numbers', () => {
  const draws = Array.from({ length: 5000 }, (_, i) => uniformFloat64(keyedGenerator(1, 0, i)))
  const mean = draws.reduce((total, value) => total + value, 0) / draws.length
  const pairs = draws.slice(1).reduce((total, value, i) => total + (value - 0.5) * (draws[i]! - 0.5), 0) / draws.length
  expect(Math.abs(mean - 0.5)).toBeLessThan(4 * Math.sqrt(1 / 12 / 5000))
  expect(Math.abs(pairs)).toBeLessThan((4 * (1 / 12)) / Math.sqrt(5000))
})

test('a number and its text, and keys cut at another place, are different keys', () => {
  expect(keyHash(1)).not.toBe(keyHash('1'))
  expect(keyHash('ab', 'c')).not.toBe(keyHash('a', 'bc'))
})

const weight: ParameterOptions = { name: 'w', shape: [3, 3, 50, 20], layout: 'conv', group: 'all', learned: true }

test('Kaiming’s initial weights have the variance 2 / fanIn, torch’s are within 1 / √fanIn', () => {
  const fanIn = 3 * 3 * 50
  const values = kaimingNormal(1)(weight)
  const variance = values.reduce((total, value) => total + value * value, 0) / values.length
  expect(variance / (2 / fanIn)).toBeCloseTo(1, 1)
  expect(Math.max(...torchDefault(1)(weight).map(Math.abs))).toBeLessThanOrEqual(1 / Math.sqrt(fanIn))
  expect(torchDefault(1)(weight)).toEqual(torchDefault(1)(weight))
  expect(torchDefault(1)(weight)).not.toEqual(torchDefault(1)({ ...weight, name: 'v' }))
})
