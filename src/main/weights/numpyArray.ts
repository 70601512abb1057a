import type { Refuse } from '../../shared/tensors/refusal'
import { copyStrided } from '../../shared/tensors/stridedCopy'
import {
  elementCount,
  itemSize,
  viewElements,
  type Dtype,
  type NamedTensor,
  type TypedArray,
} from '../../shared/tensors/tensors'

/** How NumPy lays an array out in bytes. */
export interface ArrayLayout {
  readonly dtype: Dtype
  readonly bigEndian: boolean
  /** Fortran order: the first index runs fastest. */
  readonly columnMajor: boolean
  readonly shape: readonly number[]
}

const HIGHEST_RANK = 8

/** NumPy's type codes (kind and bytes) and ours. */
const dtypes: Readonly<Record<string, Dtype>> = {
  f8: 'F64',
  f4: 'F32',
  f2: 'F16',
  i8: 'I64',
  u8: 'U64',
  i4: 'I32',
  u4: 'U32',
  i2: 'I16',
  u2: 'U16',
  i1: 'I8',
  u1: 'U8',
  b1: 'BOOL',
}

/** Our dtype for a code like `f4`; undefined for text, dates, complex numbers and records. */
export function dtypeOf(code: string): Dtype | undefined {
  return Object.hasOwn(dtypes, code) ? dtypes[code] : undefined
}

/** NumPy's code for a dtype; undefined for BF16, which NumPy lacks. */
export function codeOf(dtype: Dtype): string | undefined {
  return Object.keys(dtypes).find(code => dtypes[code] === dtype)
}

/** Throws unless so many bytes are exactly those of the shape. */
export function assertFits({ dtype, shape }: ArrayLayout, bytes: number, refuse: Refuse): void {
  const count = elementCount(shape)
  if (count === undefined || shape.length > HIGHEST_RANK) throw refuse(`an array of the shape (${shape.join(', ')})`)
  const wanted = count * itemSize(dtype)
  if (bytes !== wanted)
    throw refuse(`an array (${shape.join(', ')}) of ${dtype} needs ${wanted} bytes, there are ${bytes}`)
}

/** As little-endian rows; a view where the bytes are that already. They have passed `assertFits`. */
export function toTensor({ dtype, bigEndian, columnMajor, shape }: ArrayLayout, bytes: Uint8Array): NamedTensor {
  const ordered = bigEndian && itemSize(dtype) > 1 ? swapBytes(bytes, itemSize(dtype)) : bytes
  const elements = viewElements(ordered, dtype)
  return { dtype, shape, data: columnMajor && shape.length > 1 ? toRowMajor(elements, shape) : elements }
}

function swapBytes(bytes: Uint8Array, size: number): Uint8Array {
  const swapped = new Uint8Array(bytes.length)
  for (let i = 0; i < bytes.length; i++) swapped[i] = bytes[i - (i % size) + size - 1 - (i % size)]!
  return swapped
}

/** First index fastest → last index fastest. */
function toRowMajor(elements: TypedArray, shape: readonly number[]): TypedArray {
  const strides = shape.map((_, axis) => shape.slice(0, axis).reduce((product, size) => product * size, 1))
  return copyStrided(elements, 0, shape, strides)
}
