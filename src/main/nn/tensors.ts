import type { Tensor } from '@tensorflow/tfjs'
import { add } from '../engine/ops'

/** A second handle to the same data: the data is freed when the last handle is disposed. */
export function share(tensor: Tensor): Tensor {
  return tensor.clone()
}

/** Disposes `before` and hands on `after`. */
export function replace(before: Tensor, after: Tensor): Tensor {
  before.dispose()
  return after
}

export function disposeAll(...tensors: readonly (Tensor | null | undefined)[]): void {
  for (const tensor of tensors) tensor?.dispose()
}

/** The sum of two tensors that are no longer needed: both are disposed. */
export function sumAndFree(a: Tensor, b: Tensor): Tensor {
  const sum = add(a, b)
  disposeAll(a, b)
  return sum
}

export interface PlaneSize {
  readonly height: number
  readonly width: number
}

/** Height and width of an NHWC tensor. */
export function planeOf(x: Tensor): PlaneSize {
  const [, height, width] = x.shape as [number, number, number, number]
  return { height, width }
}
