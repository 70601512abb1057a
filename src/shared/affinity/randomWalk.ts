import type { Transition } from './transition'

/** What the terms that are left out weigh together, of 1. */
const TAIL = 1e-8

/**
 * scores · T^steps, by sparse products, in memory that grows with the map and not with its square; equal to the power of
 * the full matrix within 2e-5.
 *
 * λ^s is a mean of Chebyshev polynomials, λ^s = E T_|X|(λ), X the place of a walk of s steps ±1 on a line (Sachdeva and
 * Vishnoi, *Faster Algorithms via Approximation Theory*, 2014, theorem 3.3). That walk hardly ever goes further than
 * √(2 s ln(2/δ)), so 256 steps take 100 products: T's eigenvalues are real and within ±1, where no T_k exceeds 1.
 *
 * @param scores `[count, height, width]`
 * @returns      the same shape; each value is a weighted mean of its map's
 */
export function randomWalk(scores: Float32Array, count: number, transition: Transition, steps: number): Float32Array {
  const cells = transition.width * transition.height
  const out = new Float32Array(scores.length)
  for (let start = 0; start < count * cells; start += cells)
    out.set(walkPlane(scores.subarray(start, start + cells), transition, steps), start)
  return out
}

/** Weights of T_0, T_2, T_4 … in λ^s, s even: C(s, s/2 − j) / 2^s, twice that where j > 0; the tail is left out. */
export function chebyshevWeights(steps: number): Float64Array {
  const half = steps / 2
  const degree = Math.min(half, Math.ceil(Math.sqrt(2 * steps * Math.log(2 / TAIL)) / 2))
  const weights = new Float64Array(degree + 1)
  let weight = 1
  for (let i = 1; i <= half; i++) weight *= (2 * i - 1) / (2 * i)
  weights[0] = weight
  for (let j = 1; j <= degree; j++) {
    weight *= (half - j + 1) / (half + j)
    weights[j] = 2 * weight
  }
  return weights
}

function walkPlane(scores: Float32Array, transition: Transition, steps: number): Float64Array {
  const plane = new WalkPlane(transition)
  let previous = plane.laidOut(scores)
  if (steps % 2 === 1) return plane.cut(stepsOneByOne(plane, previous, steps))
  const weights = chebyshevWeights(steps)
  if (2 * (weights.length - 1) >= steps) return plane.cut(stepsOneByOne(plane, previous, steps))
  const total = previous.map(value => weights[0]! * value)
  let current = plane.step(previous, new Float64Array(previous.length))
  for (let k = 2; k <= 2 * (weights.length - 1); k++) {
    const next = plane.step(current, new Float64Array(current.length))
    for (let i = 0; i < next.length; i++) next[i] = 2 * next[i]! - previous[i]! // T_k = 2λ T_(k−1) − T_(k−2)
    ;[previous, current] = [current, next]
    const weight = weights[k / 2]
    if (k % 2 === 0) for (let i = 0; i < total.length; i++) total[i]! += weight! * next[i]!
  }
  return plane.cut(total)
}

function stepsOneByOne(plane: WalkPlane, start: Float64Array, steps: number): Float64Array {
  let values = start
  for (let step = 0; step < steps; step++) values = plane.step(values, new Float64Array(values.length))
  return values
}

/** Maps with a margin of 0 around them, so that no step has to look for the border. */
class WalkPlane {
  readonly #transition: Transition
  readonly #stride: number

  constructor(transition: Transition) {
    this.#transition = transition
    this.#stride = transition.width + 2 * transition.reach
  }

  laidOut(map: Float32Array): Float64Array {
    const { width, height, reach } = this.#transition
    const plane = new Float64Array(this.#stride * (height + 2 * reach))
    for (let y = 0; y < height; y++) plane.set(map.subarray(y * width, (y + 1) * width), this.#rowStart(y))
    return plane
  }

  cut(plane: Float64Array): Float64Array {
    const { width, height } = this.#transition
    const map = new Float64Array(width * height)
    for (let y = 0; y < height; y++) map.set(plane.subarray(this.#rowStart(y), this.#rowStart(y) + width), y * width)
    return map
  }

  /** One step. @returns `to` */
  step(from: Float64Array, to: Float64Array): Float64Array {
    const { width, height, offsets, weights, kept } = this.#transition
    const neighbours = offsets.length
    for (let y = 0, cell = 0, weight = 0; y < height; y++)
      for (let x = 0, at = this.#rowStart(y); x < width; x++, at++, cell++) {
        let sum = kept[cell]! * from[at]!
        for (let i = 0; i < neighbours; i++) sum += weights[weight++]! * from[at + offsets[i]!]!
        to[at] = sum
      }
    return to
  }

  #rowStart(y: number): number {
    const { reach } = this.#transition
    return (y + reach) * this.#stride + reach
  }
}
