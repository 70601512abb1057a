import { expect, test } from 'vitest'
import { didYouMean, editDistance, nearestName } from './nearestName'

test('kitten becomes sitting in three edits', () => {
  expect(editDistance('kitten', 'sitting')).toBe(3)
})

test('two neighbours swapped are one edit', () => {
  expect(editDistance('lpacm', 'lpcam')).toBe(1)
})

test('an empty name is as far as the other is long', () => {
  expect(editDistance('', 'cam')).toBe(3)
  expect(editDistance('cam', '')).toBe(3)
})

test('a slip finds the name that was meant', () => {
  expect(nearestName('lpacm', ['cam', 'lpcam', 'threshold'])).toBe('lpcam')
  expect(nearestName('Tau', ['tau', 'clusters'])).toBe('tau')
})

test('a name that is like none is not guessed: the known ones are listed', () => {
  expect(nearestName('resnet', ['cam', 'lpcam'])).toBeUndefined()
  expect(didYouMean('resnet', ['cam', 'lpcam'])).toBe('. Known: cam, lpcam.')
  expect(didYouMean('cma', ['cam', 'lpcam'])).toBe(': did you mean "cam"?')
})
