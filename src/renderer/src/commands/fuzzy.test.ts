import { expect, test } from 'vitest'
import { fuzzyMatch } from './fuzzy'

const places = (query: string, text: string) => fuzzyMatch(query, text)?.places
const better = (query: string, first: string, second: string) =>
  fuzzyMatch(query, first)!.score > fuzzyMatch(query, second)!.score

test('letters are found in their order, with gaps, in any case', () => {
  expect(places('dts', 'DaTaSet')).toEqual([0, 2, 4])
  expect(places('std', 'dataset')).toBeUndefined()
})

test('letters beside each other are taken before letters that come first', () => {
  // 'cat' also lies at 0, 2, 11 of "classification cat"
  expect(places('cat', 'classification cat')).toEqual([15, 16, 17])
})

test('starts of words are taken before letters within them', () => {
  expect(places('gr', 'big green rug')).toEqual([4, 5])
  expect(places('gs', 'mug: go to seeds')).toEqual([5, 11])
})

test('a text that begins with the query goes before one that holds it', () => {
  expect(better('run', 'runs', 'last runs')).toBe(true)
  expect(better('seed', 'Seeds', 'Sweep every photo of the dataset')).toBe(true)
})

test('of two texts that meet the query alike the shorter one is meant', () => {
  expect(better('cat', 'cat', 'cat with hat')).toBe(true)
})

test('blanks part words and count for nothing', () => {
  expect(places('go ru', 'Go to the runs')).toEqual([0, 1, 10, 11])
  expect(places('  ', 'anything')).toEqual([])
})

test('a letter that grows when it is made small does not move the others', () => {
  expect(places('x', 'İİx')).toEqual([2])
})

test('a name of 300 letters is searched like any other', () => {
  expect(places('ab', `${'x'.repeat(298)}ab`)).toEqual([298, 299])
})

test('an emoji of several parts is found, and told from its neighbours', () => {
  expect(places('🐈‍⬛', 'a 🐈‍⬛')).toEqual([2, 3, 4, 5])
  expect(places('🐶', '🐱🐶')).toEqual([2, 3])
  expect(places('🐶', '🐱')).toBeUndefined()
})
