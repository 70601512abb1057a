import { expect, test } from 'vitest'
import { reviewFromQuery, reviewToQuery, usualReview } from './reviewAddress'

test('an empty address is the usual review, and the usual review an empty address', () => {
  expect(reviewFromQuery({})).toEqual(usualReview)
  expect(reviewToQuery(usualReview)).toEqual({})
})

test('a choice comes back from its address', () => {
  const choice = {
    source: { run: 12, step: 'masks:of it' },
    order: 'runs',
    against: { run: 3, step: 'masks' },
    seed: 0,
    states: ['accepted', 'unsure'],
  } as const
  expect(reviewToQuery(choice)).toEqual({
    source: '12:masks:of it',
    order: 'runs',
    against: '3:masks',
    states: 'accepted,unsure',
  })
  expect(reviewFromQuery(reviewToQuery(choice))).toEqual(choice)
})

test('a shuffled order is the same one after a reload; another order has no shuffle', () => {
  const shuffled = { ...usualReview, order: 'random', seed: 7 } as const
  expect(reviewToQuery(shuffled)).toEqual({ order: 'random', seed: '7' })
  expect(reviewFromQuery(reviewToQuery(shuffled))).toEqual(shuffled)
  expect(reviewToQuery({ ...shuffled, order: 'name' })).toEqual({ order: 'name' })
  expect(reviewFromQuery({ order: 'random', seed: 'x' }).seed).toBe(0)
})

test('all states are a word, since none listed would be the usual ones', () => {
  expect(reviewToQuery({ ...usualReview, states: [] })).toEqual({ states: 'all' })
  expect(reviewFromQuery({ states: 'all' }).states).toEqual([])
})

test('what makes no sense in an address typed by hand is as usual', () => {
  expect(reviewFromQuery({ source: '0:x', order: 'best', against: 'x', states: 'good,,' })).toEqual(usualReview)
})
