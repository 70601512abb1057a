import { expect, test } from 'vitest'
import { applyGain } from './gain'

test('doubles a score and stops at 1', () => {
  expect([...applyGain(Float32Array.of(0, 0.25, 0.75), 2)]).toEqual([0, 0.5, 1])
})
