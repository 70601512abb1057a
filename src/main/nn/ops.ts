import type { Tensor } from '@tensorflow/tfjs'
import { AttributeType, DataType, type OpAttribute } from '../engine/attributes'
import { currentEngine } from '../engine/current'
import { float } from '../engine/ops'

/** Raw operations that training needs beside engine/ops.ts. None consumes its inputs; the caller owns the results. */

export const int = (name: string, value: number | number[]): OpAttribute => ({ name, type: AttributeType.INT, value })
export const real = (name: string, value: number): OpAttribute => ({ name, type: AttributeType.FLOAT, value })
export const flag = (name: string, value: boolean): OpAttribute => ({ name, type: AttributeType.BOOL, value })
export const text = (name: string, value: string): OpAttribute => ({ name, type: AttributeType.STRING, value })
export const type = (name: string, value: DataType): OpAttribute => ({ name, type: AttributeType.TYPE, value })

export const nhwc = text('data_format', 'NHWC')

/** Runs an operation with one result. */
export function run(name: string, attributes: readonly OpAttribute[], inputs: readonly Tensor[]): Tensor {
  return currentEngine().backend.executeSingleOutput(name, attributes, inputs)
}

/** Runs an operation with several results. */
export function runMany(
  name: string,
  attributes: readonly OpAttribute[],
  inputs: readonly Tensor[],
  results: number,
): Tensor[] {
  return currentEngine().backend.executeMultipleOutputs(name, attributes, inputs, results)
}

/** Lends small integer arrays (shapes, axes, margins) as int32 tensors for as long as `use` runs. */
export function withIntegers<Result>(
  arrays: readonly (readonly number[] | readonly (readonly number[])[])[],
  use: (...tensors: Tensor[]) => Result,
): Result {
  const { tf } = currentEngine()
  const tensors = arrays.map(array => tf.tensor(array as number[], undefined, 'int32'))
  try {
    return use(...tensors)
  } finally {
    for (const tensor of tensors) tensor.dispose()
  }
}

/** Lends one float32 scalar for as long as `use` runs. */
export function withScalar<Result>(value: number, use: (scalar: Tensor) => Result): Result {
  const scalar = currentEngine().tf.scalar(value, 'float32')
  try {
    return use(scalar)
  } finally {
    scalar.dispose()
  }
}

/** Elementwise product; shapes broadcast. */
export function multiply(a: Tensor, b: Tensor): Tensor {
  return run('Mul', [float], [a, b])
}

/** Elementwise difference; shapes broadcast. */
export function subtract(a: Tensor, b: Tensor): Tensor {
  return run('Sub', [float], [a, b])
}

export function scaleBy(x: Tensor, factor: number): Tensor {
  return withScalar(factor, scalar => multiply(x, scalar))
}

/** Sum of tensors of one shape; the order of addition is that of the list. */
export function addAll(tensors: readonly Tensor[]): Tensor {
  return run('AddN', [int('N', tensors.length), float], tensors)
}

/** Sum over `axes`, which vanish from the shape. */
export function sum(x: Tensor, axes: readonly number[]): Tensor {
  return reduce('Sum', x, axes)
}

/** Mean over `axes`, which vanish from the shape. */
export function mean(x: Tensor, axes: readonly number[]): Tensor {
  return reduce('Mean', x, axes)
}

/** `[…, c]` → `[c]`: the gradient of a bias. */
export function sumToBias(dy: Tensor): Tensor {
  return run('BiasAddGrad', [float, nhwc], [dy])
}

/** `[m, k] · [k, n]` → `[m, n]`, either transposed first where asked. */
export function multiplyMatrices(a: Tensor, b: Tensor, transpose: { a?: boolean; b?: boolean } = {}): Tensor {
  return run(
    'MatMul',
    [float, flag('transpose_a', transpose.a ?? false), flag('transpose_b', transpose.b ?? false)],
    [a, b],
  )
}

/** The same values in another shape; the data is shared, not copied. */
export function reshape(x: Tensor, shape: readonly number[]): Tensor {
  return withIntegers([shape], size => run('Reshape', [float, type('Tshape', DataType.INT32)], [x, size]))
}

/** `x` repeated along its axes of length 1 to fill `shape`. */
export function broadcastTo(x: Tensor, shape: readonly number[]): Tensor {
  return withIntegers([shape], size => run('BroadcastTo', [float, type('Tidx', DataType.INT32)], [x, size]))
}

/** Zeros around the spatial plane of `[n, h, w, c]`, or `value`. */
export function pad(x: Tensor, margins: readonly (readonly number[])[], value = 0): Tensor {
  const attributes = [float, type('Tpaddings', DataType.INT32)]
  return withIntegers([margins], paddings => withScalar(value, fill => run('PadV2', attributes, [x, paddings, fill])))
}

/** The part of `x` that starts at `begin` and has shape `size`. */
export function slice(x: Tensor, begin: readonly number[], size: readonly number[]): Tensor {
  return withIntegers([begin, size], (from, extent) =>
    run('Slice', [float, type('Index', DataType.INT32)], [x, from, extent]),
  )
}

function reduce(name: 'Sum' | 'Mean', x: Tensor, axes: readonly number[]): Tensor {
  return withIntegers([axes], over =>
    run(name, [float, type('Tidx', DataType.INT32), flag('keep_dims', false)], [x, over]),
  )
}
