import { uniformInt } from 'pure-rand/distribution/uniformInt'
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator'

/** Deals `count` photos into `parts` folds of equal size (± 1) in random order. @returns the fold of each photo */
export function foldsOf(count: number, parts: number, random: RandomGenerator): Uint8Array {
  const folds = Uint8Array.from({ length: count }, (_, photo) => photo % parts)
  for (let last = count - 1; last > 0; last--) {
    const other = uniformInt(random, 0, last)
    const held = folds[last]!
    folds[last] = folds[other]!
    folds[other] = held
  }
  return folds
}

/** The rows of `[count, width]` at `indices`, in that order. */
export function selectRows<Values extends Float32Array | Uint8Array>(
  values: Values,
  indices: readonly number[],
  width: number,
): Values {
  const out = values.slice(0, indices.length * width) as Values
  indices.forEach((index, i) => out.set(values.subarray(index * width, (index + 1) * width), i * width))
  return out
}
