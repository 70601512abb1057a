import { WorkbenchError } from '../../shared/errors'
import { copyStrided } from '../../shared/tensors/stridedCopy'

/**
 * How a weight is stored in PyTorch and here:
 *
 * | layout      | PyTorch                | here (TensorFlow) |
 * |-------------|------------------------|-------------------|
 * | `conv`      | `[out, in, kh, kw]`    | `[kh, kw, in, out]` |
 * | `depthwise` | `[channels, 1, kh, kw]`| `[kh, kw, channels, 1]` |
 * | `linear`    | `[out, in]`            | `[in, out]` |
 * | `vector`    | `[n]`                  | `[n]` |
 */
export type WeightLayout = 'conv' | 'depthwise' | 'linear' | 'vector'

/** Which axis of ours each axis of torch's is. */
const torchAxes: Readonly<Record<WeightLayout, readonly number[]>> = {
  conv: [3, 2, 0, 1],
  depthwise: [2, 3, 0, 1],
  linear: [1, 0],
  vector: [0],
}

/** Our shape as torch writes it. */
export function torchShape(shape: readonly number[], layout: WeightLayout): number[] {
  return axesFor(shape, layout).map(axis => shape[axis]!)
}

/** @param values row-major of our `shape` @returns row-major of `torchShape(shape, layout)` */
export function toTorch(values: Float32Array, shape: readonly number[], layout: WeightLayout): Float32Array {
  return transpose(values, shape, axesFor(shape, layout))
}

/** @param values row-major of `torchShape(shape, layout)` @returns row-major of our `shape` */
export function fromTorch(values: Float32Array, shape: readonly number[], layout: WeightLayout): Float32Array {
  const axes = axesFor(shape, layout)
  const inverse = axes.map((_, ours) => axes.indexOf(ours))
  return transpose(values, torchShape(shape, layout), inverse)
}

function axesFor(shape: readonly number[], layout: WeightLayout): readonly number[] {
  const axes = torchAxes[layout]
  if (axes.length === shape.length) return axes
  throw new WorkbenchError('SHAPE_MISMATCH', `a ${layout} weight has ${axes.length} axes, not [${shape.join(', ')}]`)
}

/** Row-major `values` of `shape` with axis k of the result being axis `axes[k]` of the input. */
function transpose(values: Float32Array, shape: readonly number[], axes: readonly number[]): Float32Array {
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, n) => product * n, 1))
  const [sizes, steps] = [shape, strides].map(of => axes.map(axis => of[axis]!))
  return copyStrided(values, 0, sizes!, steps!)
}
