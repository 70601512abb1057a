import { expect, test } from 'vitest'
import { giniCoefficient, tailParts } from './longTail'

test('equal classes have a Gini of 0', () => {
  expect(giniCoefficient([7, 7, 7])).toBe(0)
})

test('one class with everything has a Gini of 1 − 1/n', () => {
  expect(giniCoefficient([0, 0, 0, 12])).toBeCloseTo(3 / 4, 12)
})

test('the Gini of 1, 2, 3, 4 is 1/4', () => {
  // Σ|xᵢ − xⱼ| over all pairs is 20; 20 / (2 · n² · mean) = 20 / (2 · 16 · 2.5).
  expect(giniCoefficient([3, 1, 4, 2])).toBeCloseTo(0.25, 12)
})

test('no photos, no Gini', () => {
  expect(giniCoefficient([])).toBeNull()
  expect(giniCoefficient([0, 0])).toBeNull()
})

test('six classes are parted two and two by their photos, whatever their order', () => {
  expect(tailParts([62, 131, 79, 68, 121, 63])).toEqual(['tail', 'head', 'mid', 'mid', 'head', 'tail'])
})

test('seven classes: the head takes what is left over', () => {
  expect(tailParts([7, 6, 5, 4, 3, 2, 1])).toEqual(['head', 'head', 'head', 'mid', 'mid', 'tail', 'tail'])
})

test('classes with as many photos are never parted', () => {
  expect(tailParts([5, 5, 5, 5, 1, 1])).toEqual(['head', 'head', 'head', 'head', 'tail', 'tail'])
  expect(tailParts([3, 3, 3])).toEqual(['head', 'head', 'head'])
})

test('one class is the head, none is nothing', () => {
  expect(tailParts([4])).toEqual(['head'])
  expect(tailParts([])).toEqual([])
})
