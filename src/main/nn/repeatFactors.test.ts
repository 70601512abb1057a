import { expect, test } from 'vitest'
import { repeatFactors } from './repeatFactors'

test('a photo is drawn as often as its rarest class asks, by the root of what is missing to the share', () => {
  // Of eight photos six show class 1, two class 2 and one class 3: frequencies 0.75, 0.25, 0.125; √(½ / ¼) and √(½ / ⅛).
  const classes = [[1], [1], [1], [1], [1], [1, 2], [2, 3], []]
  const factors = [...repeatFactors(classes, 0.5)]
  expect(factors).toEqual([1, 1, 1, 1, 1, expect.closeTo(Math.SQRT2, 12), 2, 1])
})

test('without a share all are drawn alike', () => {
  expect([...repeatFactors([[1], [1, 2], []], 0)]).toEqual([1, 1, 1])
})
