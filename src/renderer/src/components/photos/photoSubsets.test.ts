import { expect, test } from 'vitest'
import { photoSubsets } from './photoSubsets'

const classes = [{ place: 3, name: '<b>cow</b>' }]

test('there is always everything, and splits only where one can choose between them', () => {
  expect(photoSubsets({ classes: [], splits: ['train'] })).toEqual([
    { key: 'all', title: 'All photos of the run', filter: {} },
  ])
  expect(
    photoSubsets({ classes, splits: ['train', 'val'] }).map(({ key, title, filter }) => [key, title, filter]),
  ).toEqual([
    ['all', 'All photos of the run', {}],
    ['split-train', 'Split train', { split: 'train' }],
    ['split-val', 'Split val', { split: 'val' }],
    ['class-3', 'With <b>cow</b>', { classes: [3] }],
  ])
})

test('a filter of the address comes first', () => {
  const [first] = photoSubsets({ filter: { text: 'a' }, classes, splits: [] })
  expect(first).toEqual({ key: 'filter', title: 'Filtered photos', filter: { text: 'a' } })
})
