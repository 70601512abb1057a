import { expect, test } from 'vitest'
import { parityCase } from '../../../../tests/helpers/parity'
import { poly } from './poly'

test('poly reproduces the parity case', () => {
  const { input, expected, tol } = parityCase<{
    readonly input: { readonly lr0: number; readonly T: number; readonly t: number[] }
    readonly expected: number[]
    readonly tol: number
  }>('poly-lr')
  const schedule = poly({ totalSteps: input.T, power: 0.9 })
  input.t.forEach((step, i) => expect(Math.abs(input.lr0 * schedule(step) - expected[i]!)).toBeLessThan(tol))
})

test('poly stays at its last step’s factor when steps go on', () => {
  const schedule = poly({ totalSteps: 4, power: 0.9 })
  expect([4, 5, 100].map(schedule)).toEqual([schedule(3), schedule(3), schedule(3)])
})
