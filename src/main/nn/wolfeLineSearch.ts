import { dot } from './dot'
import type { Evaluation } from './lbfgs'

/** Sufficient decrease and curvature of the strong Wolfe conditions, as usual for quasi-Newton directions. */
const DECREASE = 1e-4
const CURVATURE = 0.9
const MOST_EVALUATIONS = 25

/** A point along the direction. */
interface Trial extends Evaluation {
  readonly length: number
  readonly x: Float64Array
  readonly slope: number
}

export interface FoundPoint extends Evaluation {
  readonly x: Float64Array
}

/**
 * A step length for which f falls enough and its slope flattens enough: f(x + l·d) ≤ f + 1e-4·l·⟨g, d⟩ and
 * |⟨g(x + l·d), d⟩| ≤ 0.9·|⟨g, d⟩| (Nocedal & Wright, Numerical Optimization, 2nd edition, algorithms 3.5 and 3.6).
 *
 * @returns that point; the lowest one seen when none satisfies both in 25 evaluations; null when none is lower
 */
export function wolfeLineSearch(
  objective: (x: Float64Array) => Evaluation,
  x: Float64Array,
  start: Evaluation,
  direction: Float64Array,
  firstLength: number,
): FoundPoint | null {
  const slope = dot(start.gradient, direction)
  if (!(slope < 0)) return null
  const at = (length: number): Trial => {
    const moved = x.map((value, i) => value + length * direction[i]!)
    const evaluation = objective(moved)
    return { ...evaluation, length, x: moved, slope: dot(evaluation.gradient, direction) }
  }
  const origin: Trial = { ...start, length: 0, x, slope }
  const search = new Search(at, origin)
  const found = search.bracket(firstLength)
  return found ?? (search.lowest.value < start.value ? search.lowest : null)
}

class Search {
  lowest: Trial
  #evaluations = 0

  constructor(
    readonly at: (length: number) => Trial,
    readonly origin: Trial,
  ) {
    this.lowest = origin
  }

  /** Algorithm 3.5: grows the step until an interval holds a fitting point. */
  bracket(firstLength: number): Trial | null {
    let previous = this.origin
    let length = firstLength
    while (this.#evaluations < MOST_EVALUATIONS) {
      const trial = this.#try(length)
      if (this.#tooHigh(trial) || (previous.length > 0 && trial.value >= previous.value))
        return this.#zoom(previous, trial)
      if (this.#flat(trial)) return trial
      if (trial.slope >= 0) return this.#zoom(trial, previous)
      previous = trial
      length *= 2
    }
    return null
  }

  /** Algorithm 3.6: `low` is the best fitting end so far, `high` the other end of the interval. */
  #zoom(low: Trial, high: Trial): Trial | null {
    let [best, other] = [low, high]
    while (this.#evaluations < MOST_EVALUATIONS) {
      const width = Math.abs(other.length - best.length)
      if (width <= 1e-12 * Math.max(1, best.length)) return null
      const trial = this.#try(cubicMinimum(best, other))
      if (this.#tooHigh(trial) || trial.value >= best.value) {
        other = trial
        continue
      }
      if (this.#flat(trial)) return trial
      if (trial.slope * (other.length - best.length) >= 0) other = best
      best = trial
    }
    return null
  }

  #try(length: number): Trial {
    this.#evaluations++
    const trial = this.at(length)
    if (trial.value < this.lowest.value) this.lowest = trial
    return trial
  }

  #tooHigh({ value, length }: Trial): boolean {
    return !(value <= this.origin.value + DECREASE * length * this.origin.slope) // NaN is too high
  }

  #flat({ slope }: Trial): boolean {
    return Math.abs(slope) <= -CURVATURE * this.origin.slope
  }
}

/** Where the cubic through two points and slopes is lowest (equation 3.59), kept off the ends by a tenth. */
function cubicMinimum(a: Trial, b: Trial): number {
  const width = b.length - a.length
  const middle = a.length + width / 2
  const first = a.slope + b.slope - (3 * (b.value - a.value)) / width
  const root = first * first - a.slope * b.slope
  if (!(root >= 0)) return middle
  const second = Math.sign(width) * Math.sqrt(root)
  const minimum = b.length - (width * (b.slope + second - first)) / (b.slope - a.slope + 2 * second)
  if (!Number.isFinite(minimum)) return middle
  const margin = 0.1 * Math.abs(width)
  const [low, high] = [Math.min(a.length, b.length) + margin, Math.max(a.length, b.length) - margin]
  return Math.min(Math.max(minimum, low), high)
}
