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

test('all states are a word, since none listed would be the usual ones', () => {
  expect(reviewToQuery({ ...usualReview, states: [] })).toEqual({ states: 'all' })
  expect(reviewFromQuery({ states: 'all' }).states).toEqual([])
})

test('what makes no sense in an address typed by hand is as usual', () => {
  expect(reviewFromQuery({ source: '0:x', order: 'best', against: 'x', states: 'good,,' })).toEqual(usualReview)
})
