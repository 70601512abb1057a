import { epochOrder } from '../../nn/augment'

/** Deals `count` photos into `parts` folds of equal size (± 1) in random order. @returns the fold of each photo */
export function foldsOf(count: number, parts: number, seed: number): Uint8Array {
  const folds = new Uint8Array(count)
  epochOrder(count, { seed, epoch: -1 }).forEach((photo, place) => (folds[photo] = place % parts))
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
