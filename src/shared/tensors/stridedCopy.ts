import type { TypedArray } from './tensors'

/**
 * Elements gathered by their strides into row-major order; the caller has checked that all lie inside.
 * @param offset  element where index [0, …, 0] lies
 * @param strides elements from one index to the next, an axis each
 */
export function copyStrided<Elements extends TypedArray>(
  elements: Elements,
  offset: number,
  shape: readonly number[],
  strides: readonly number[],
): Elements {
  const count = shape.reduce((product, size) => product * size, 1)
  const copy = new (elements.constructor as new (length: number) => Elements)(count)
  const axes = joinedAxes(shape, strides)
  const { size: length, stride } = axes.pop() ?? { size: 1, stride: 1 }
  const index = new Array<number>(axes.length).fill(0)
  let from = offset
  for (let to = 0; to < count; to += length) {
    copyRow(elements, from, stride, copy, to, length)
    for (let axis = axes.length - 1; axis >= 0; axis--) {
      const outer = axes[axis]!
      from += outer.stride
      if (++index[axis]! < outer.size) break
      from -= outer.size * outer.stride
      index[axis] = 0
    }
  }
  return copy
}

interface Axis {
  readonly size: number
  readonly stride: number
}

/** Without axes of one element, and with those joined that follow each other without a gap: fewer and longer rows. */
function joinedAxes(shape: readonly number[], strides: readonly number[]): Axis[] {
  const joined: Axis[] = []
  for (const [axis, size] of shape.entries()) {
    const stride = strides[axis]!
    const outer = joined.at(-1)
    if (size === 1) continue
    if (outer !== undefined && outer.stride === size * stride) joined.splice(-1, 1, { size: outer.size * size, stride })
    else joined.push({ size, stride })
  }
  return joined
}

function copyRow<Elements extends TypedArray>(
  source: Elements,
  from: number,
  stride: number,
  target: Elements,
  to: number,
  length: number,
): void {
  for (let i = 0; i < length; i++) target[to + i] = source[from + i * stride]!
}
