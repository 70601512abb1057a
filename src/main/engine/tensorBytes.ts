import { DataType } from './attributes'

/** What a tensor can be made from. */
export type TensorValues =
  NodeJS.TypedArray | readonly Uint8Array[] | readonly string[] | readonly number[] | readonly boolean[]

/** Bytes an element takes; strings and resources have none. */
export const elementBytes: Readonly<Record<number, number>> = {
  [DataType.FLOAT]: 4,
  [DataType.DOUBLE]: 8,
  [DataType.INT32]: 4,
  [DataType.UINT8]: 1,
  [DataType.COMPLEX64]: 8,
  [DataType.INT64]: 8,
  [DataType.BOOL]: 1,
  [DataType.HALF]: 2,
}

/** The bytes a tensor of `dtype` is filled with. int64 takes a BigInt64Array, or tfjs's pair of 32-bit halves. */
export function toBytes(dtype: number, values: TensorValues): NodeJS.TypedArray {
  if (ArrayBuffer.isView(values)) {
    const wanted = viewType(dtype)
    if (wanted === undefined || values instanceof wanted || dtype === DataType.INT64) return values as NodeJS.TypedArray
    if (dtype === DataType.BOOL || dtype === DataType.INT32 || dtype === DataType.FLOAT || dtype === DataType.UINT8)
      return (wanted as typeof Float32Array).from(values as unknown as ArrayLike<number>)
    return values as NodeJS.TypedArray
  }
  const numbers = values as readonly (number | boolean)[]
  const wanted = (viewType(dtype) ?? Uint8Array) as typeof Float32Array
  return wanted.from(numbers, Number)
}

type ViewConstructor =
  | Float32ArrayConstructor
  | Float64ArrayConstructor
  | Int32ArrayConstructor
  | Uint8ArrayConstructor
  | Uint16ArrayConstructor
  | BigInt64ArrayConstructor

function viewType(dtype: number): ViewConstructor | undefined {
  switch (dtype) {
    case DataType.FLOAT:
    case DataType.COMPLEX64:
      return Float32Array
    case DataType.DOUBLE:
      return Float64Array
    case DataType.INT32:
      return Int32Array
    case DataType.UINT8:
    case DataType.BOOL:
    case DataType.RESOURCE:
      return Uint8Array
    case DataType.HALF:
      return Uint16Array
    case DataType.INT64:
      return BigInt64Array
    default:
      return undefined
  }
}

/** An array of the view that fits `dtype`, for `bytes` to be read into. */
export function allocate(dtype: number, bytes: number): NodeJS.TypedArray {
  const view = viewType(dtype) ?? Uint8Array
  return new view(bytes / view.BYTES_PER_ELEMENT)
}
