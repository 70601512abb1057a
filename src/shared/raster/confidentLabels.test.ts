import { expect, test } from 'vitest'
import { confidentLabels } from './confidentLabels'

test('a class where the strict reading has one, background where neither has, void between', () => {
  const strict = Uint8Array.of(3, 3, 0, 0, 0)
  const generous = Uint8Array.of(3, 1, 3, 0, 7)
  expect([...confidentLabels(strict, generous)]).toEqual([3, 3, 255, 0, 255])
})
