import { expect, test } from 'vitest'
import { parityCase } from '../../../../tests/helpers/parity'
import { poly } from './poly'
import { warmUp } from './warmUp'

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

test('warm-up before poly gives SeCo’s rates (its train_voc.py: base 6e-5, 20,000 steps, 1,500 of warm-up)', () => {
  const schedule = warmUp({ steps: 1500, startFactor: 1e-6, after: poly({ totalSteps: 20_000, power: 0.9 }) })
  const rates: readonly (readonly [number, number])[] = [
    [0, 6.0e-11],
    [1, 4.005996e-8],
    [750, 3.000003e-5],
    [1499, 5.996e-5],
    [1500, 5.5934378e-5],
    [10_000, 3.2153204e-5],
    [19_999, 8.07652e-9],
  ]
  for (const [step, rate] of rates) expect((6e-5 * schedule(step)) / rate).toBeCloseTo(1, 5)
})
