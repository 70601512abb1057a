import { expect, test } from 'vitest'
import type { ClassTable } from '../../../../shared/contract/datasetStats'
import { classBars, type BarOptions } from './classBars'

const table: ClassTable = {
  photos: 200,
  truths: 2,
  gini: 0.4,
  classes: [
    { place: 0, name: 'Cow', photos: 1, pixels: 300, part: 'tail' },
    { place: 1, name: 'cat', photos: 100, pixels: 100, part: 'head' },
    { place: 2, name: 'dog', photos: 9, pixels: 0, part: 'mid' },
  ],
}
const usual: BarOptions = { measure: 'photos', scale: 'linear', order: 'frequency', find: '' }
const bars = (options: Partial<BarOptions>) => classBars(table, { ...usual, ...options })

test('bars are as long as their photos, the most frequent first, a heading before each part', () => {
  expect(bars({}).map(({ name, length, share, startsPart }) => [name, length, share, startsPart])).toEqual([
    ['cat', 1, 0.5, true],
    ['dog', 0.09, 0.045, true],
    ['Cow', 0.01, 0.005, true],
  ])
})

test('on the log scale one photo is seen and none is not', () => {
  const [cat, , cow] = bars({ scale: 'log' })
  expect([cat!.length, cow!.length]).toEqual([1, expect.closeTo(Math.log(2) / Math.log(101), 9)])
  expect(bars({ scale: 'log', measure: 'pixels' })[1]).toMatchObject({ name: 'dog', length: 0, share: 0 })
})

test('pixels are shares of all pixels of classes, in the order of photos', () => {
  expect(bars({ measure: 'pixels' }).map(({ name, share }) => [name, share])).toEqual([
    ['cat', 0.25],
    ['dog', 0],
    ['Cow', 0.75],
  ])
})

test('classes are found by a part of their name and kept in the project order', () => {
  expect(bars({ find: ' C ', order: 'place' }).map(({ name, startsPart }) => [name, startsPart])).toEqual([
    ['Cow', false],
    ['cat', false],
  ])
})
