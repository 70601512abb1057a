import { expect, test } from 'vitest'
import { filterQuery } from './useKeptFilter'

test('a filter goes along from screen to screen; in Review its state is the list’s', () => {
  const filter = { classes: [2], split: 'val', review: 'rejected' } as const
  expect(filterQuery('seeds', { ...filter, classes: [2] })).toEqual({ classes: '2', split: 'val', review: 'rejected' })
  expect(filterQuery('review', { ...filter, classes: [2] })).toEqual({ classes: '2', split: 'val', states: 'rejected' })
  expect(filterQuery('review', { truth: false })).toEqual({ truth: '0' })
})
