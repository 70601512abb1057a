import { expect, test } from 'vitest'
import { acceptBound, acceptedStates, boundOfRule, listedValues } from './acceptBounds'

test.each([
  ['margin', true, 0.4, { atLeast: 0.4 }],
  ['gain', true, 0, { atMost: 0 }],
  ['gain', false, 0.01, {}],
  ['random', true, 0.4, {}],
  ['entropy', true, '', undefined],
  ['entropy', true, NaN, undefined],
] as const)('accepting by %s, bounded: %s, with %s typed, asks for %o', (order, wanted, typed, rule) => {
  expect(boundOfRule(order, wanted, typed)).toEqual(rule)
})

test.each([
  [[], ['unreviewed']],
  [['unsure'], ['unsure']],
  [
    ['unreviewed', 'accepted', 'rejected'],
    ['unreviewed', 'rejected'],
  ],
  [['accepted', 'edited'], []],
] as const)('of a list of the states %j, those of %j are accepted', (listed, accepted) => {
  expect(acceptedStates(listed)).toEqual(accepted)
})

test('an order without a number has no bound to offer', () => {
  expect(acceptBound('name')).toBeUndefined()
  expect(acceptBound('runs')?.side).toBe('atMost')
})

test('a list says between which numbers it lies, and beyond which a quarter of it is', () => {
  expect(listedValues([0.1, 0.2, null, 0.3, 0.41237, 0.9])).toEqual({ least: 0.1, most: 0.9, sure: 0.412 })
  expect(listedValues([2.5, 1, 0.25, 0])).toEqual({ least: 0, most: 2.5, sure: 0.25 })
  expect(listedValues([null])).toBeUndefined()
})
