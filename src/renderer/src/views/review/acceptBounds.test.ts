import { expect, test } from 'vitest'
import { acceptBound, boundOfRule } from './acceptBounds'

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

test('an order without a number has no bound to offer', () => {
  expect(acceptBound('name')).toBeUndefined()
  expect(acceptBound('runs')?.side).toBe('atMost')
})
