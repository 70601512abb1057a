import { expect, test } from 'vitest'
import { withPersonsPixels } from './withPersonsPixels'

test('what a person changed stays, all else is as it was made again', () => {
  const before = Uint8Array.of(0, 0, 1, 1, 2, 2)
  const corrected = Uint8Array.of(0, 1, 1, 0, 2, 255)
  const made = Uint8Array.of(3, 0, 0, 0, 2, 2)
  expect(withPersonsPixels(made, corrected, before)).toEqual({
    labels: Uint8Array.of(3, 1, 0, 0, 2, 255),
    changed: 3,
    overruled: 2,
  })
})
