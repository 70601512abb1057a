import { expect, test } from 'vitest'
import type { ImageFilter } from './imageFilter'
import { filterFromQuery, filterToQuery } from './imageFilterText'

test('a filter comes back from its address', () => {
  const filter: ImageFilter = {
    classes: [0, 17],
    without: [3],
    among: [12, 7],
    split: 'train & val',
    text: '50 % <b>',
    truth: false,
    problem: 'duplicate',
    review: 'accepted',
  }
  expect(filterFromQuery(filterToQuery(filter))).toEqual(filter)
  expect(filterToQuery(filter)).toMatchObject({ classes: '0,17', truth: '0' })
})

test('what is not asked for does not stand in the address', () => {
  expect(filterToQuery({ classes: [] })).toEqual({})
  expect(filterFromQuery({})).toEqual({})
})

test('parts that cannot be read are left out, the others hold', () => {
  const query = { classes: '1,x', without: '2', problem: 'nothing', truth: 'yes', split: ['a', 'b'], tab: 'classes' }
  expect(filterFromQuery(query)).toEqual({ without: [2] })
})
