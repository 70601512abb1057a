import { dot } from './dot'
import { wolfeLineSearch } from './wolfeLineSearch'

/** A function's value and its gradient at one point. */
export interface Evaluation {
  readonly value: number
  readonly gradient: Float64Array
}

export interface LbfgsOptions {
  /** How many past steps shape the next direction. */
  readonly history: number
  readonly iterations: number
  /** Done when no component of the gradient is larger. */
  readonly gradientTolerance: number
}

export interface LbfgsResult extends Evaluation {
  readonly x: Float64Array
  /** The value at the start and after every iteration. */
  readonly values: readonly number[]
  /** `stalled`: the line search found no lower value, so rounding errors rule. */
  readonly reason: 'gradient' | 'stalled' | 'iterations'
}

interface Step {
  readonly move: Float64Array
  readonly gradientChange: Float64Array
  /** 1 / ⟨move, gradientChange⟩ */
  readonly rho: number
}

/**
 * Limited-memory BFGS with a line search for the strong Wolfe conditions (Nocedal & Wright, Numerical Optimization, 2nd
 * edition, algorithms 7.4 and 7.5). Yields the value at the start and after every iteration, for whoever watches or
 * stops it.
 */
export function* lbfgs(
  objective: (x: Float64Array) => Evaluation,
  start: Float64Array,
  { history, iterations, gradientTolerance }: LbfgsOptions,
): Generator<number, LbfgsResult> {
  let x = start
  let current = objective(x)
  let steps: Step[] = []
  const values = [current.value]
  yield current.value
  const result = (reason: LbfgsResult['reason']): LbfgsResult => ({ x, ...current, values, reason })
  for (let iteration = 0; iteration < iterations; iteration++) {
    if (largest(current.gradient) <= gradientTolerance) return result('gradient')
    const direction = descentDirection(current.gradient, steps)
    const firstLength = steps.length > 0 ? 1 : Math.min(1, 1 / norm1(current.gradient))
    const found = wolfeLineSearch(objective, x, current, direction, firstLength)
    if (found === null) {
      if (steps.length === 0) return result('stalled')
      steps = [] // the remembered curvature may be at fault: once more down the gradient
      continue
    }
    const move = difference(found.x, x)
    const gradientChange = difference(found.gradient, current.gradient)
    const curvature = dot(move, gradientChange)
    if (curvature > 1e-10 * dot(gradientChange, gradientChange))
      steps = [...steps, { move, gradientChange, rho: 1 / curvature }].slice(-history)
    x = found.x
    current = found
    values.push(current.value)
    yield current.value
  }
  return result(largest(current.gradient) <= gradientTolerance ? 'gradient' : 'iterations')
}

/** −H·gradient by the two-loop recursion, H being the inverse Hessian that the remembered steps suggest. */
function descentDirection(gradient: Float64Array, steps: readonly Step[]): Float64Array {
  const direction = gradient.map(g => -g)
  const weights = new Float64Array(steps.length)
  for (let i = steps.length - 1; i >= 0; i--) {
    const { move, gradientChange, rho } = steps[i]!
    weights[i] = rho * dot(move, direction)
    addScaled(direction, gradientChange, -weights[i]!)
  }
  const last = steps.at(-1)
  if (last !== undefined) {
    const scale = 1 / (last.rho * dot(last.gradientChange, last.gradientChange))
    for (let i = 0; i < direction.length; i++) direction[i]! *= scale
  }
  for (let i = 0; i < steps.length; i++) {
    const { move, gradientChange, rho } = steps[i]!
    addScaled(direction, move, weights[i]! - rho * dot(gradientChange, direction))
  }
  return direction
}

/** a ← a + factor·b */
function addScaled(a: Float64Array, b: Float64Array, factor: number): void {
  for (let i = 0; i < a.length; i++) a[i]! += factor * b[i]!
}

function difference(a: Float64Array, b: Float64Array): Float64Array {
  const out = new Float64Array(a.length)
  for (let i = 0; i < a.length; i++) out[i] = a[i]! - b[i]!
  return out
}

function largest(values: Float64Array): number {
  let most = 0
  for (const value of values) most = Math.max(most, Math.abs(value))
  return most
}

function norm1(values: Float64Array): number {
  let total = 0
  for (const value of values) total += Math.abs(value)
  return total
}
