import type { TypedArray } from '../../shared/tensors/tensors'

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
): TypedArray {
  const count = shape.reduce((product, size) => product * size, 1)
  const copy = elements.slice(0, count)
  const index = new Array<number>(shape.length).fill(0)
  let from = offset
  for (let to = 0; to < count; to++) {
    copy[to] = elements[from]!
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis]!
      if (++index[axis]! < shape[axis]!) break
      from -= shape[axis]! * strides[axis]!
      index[axis] = 0
    }
  }
  return copy
}
