import { expect, test } from 'vitest'
import { type Evaluation, lbfgs, type LbfgsResult } from './lbfgs'

const options = { history: 20, iterations: 400, gradientTolerance: 1e-9 }

/** Runs it to its end. */
function minimum(...what: Parameters<typeof lbfgs>): LbfgsResult {
  const search = lbfgs(...what)
  for (;;) {
    const { done, value } = search.next()
    if (done === true) return value
  }
}

/** Rosenbrock's valley in pairs of coordinates; its minimum is 0 at (1, 1, …). */
function rosenbrock(x: Float64Array): Evaluation {
  let value = 0
  const gradient = new Float64Array(x.length)
  for (let i = 0; i < x.length; i += 2) {
    const [a, b] = [x[i]!, x[i + 1]!]
    value += 100 * (b - a * a) ** 2 + (1 - a) ** 2
    gradient[i] = -400 * a * (b - a * a) - 2 * (1 - a)
    gradient[i + 1] = 200 * (b - a * a)
  }
  return { value, gradient }
}

test('finds the bottom of Rosenbrock’s valley', () => {
  const { x, value, reason, values } = minimum(rosenbrock, Float64Array.of(-1.2, 1, -1.2, 1), options)
  expect(reason).toBe('gradient')
  expect(value).toBeLessThan(1e-16)
  expect([...x]).toEqual([1, 1, 1, 1].map(one => expect.closeTo(one, 8)))
  expect(values.length).toBeLessThan(60) // SciPy's L-BFGS takes about 37 iterations from here
})

test('every iteration lowers the value', () => {
  const { values } = minimum(rosenbrock, Float64Array.of(-1.2, 1), options)
  for (let i = 1; i < values.length; i++) expect(values[i]!).toBeLessThan(values[i - 1]!)
})

test('solves a quadratic whose curvatures span two decades', () => {
  const scales = Float64Array.from({ length: 30 }, (_, i) => 10 ** (i / 15))
  const quadratic = (x: Float64Array) => ({
    value: x.reduce((total, v, i) => total + (scales[i]! * (v - i) ** 2) / 2, 0),
    gradient: x.map((v, i) => scales[i]! * (v - i)),
  })
  const { x, reason } = minimum(quadratic, new Float64Array(30), { ...options, gradientTolerance: 1e-7 })
  expect(reason).toBe('gradient')
  x.forEach((value, i) => expect(value).toBeCloseTo(i, 6))
})

test('is done at once where the gradient is 0', () => {
  const flat = minimum(x => ({ value: 3, gradient: new Float64Array(x.length) }), new Float64Array(2), options)
  expect(flat).toMatchObject({ value: 3, values: [3], reason: 'gradient' })
})

test('stops without an error when rounding hides any decrease', () => {
  const stuck = minimum(() => ({ value: 1, gradient: Float64Array.of(1e-3) }), Float64Array.of(0), options)
  expect(stuck.reason).toBe('stalled')
})

test('says when the iterations did not suffice', () => {
  expect(minimum(rosenbrock, Float64Array.of(-1.2, 1), { ...options, iterations: 3 }).reason).toBe('iterations')
})
