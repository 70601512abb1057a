import { WorkbenchError } from '../errors'
import { halfToFloat } from '../raster/half'

export type Dtype =
  'F64' | 'F32' | 'F16' | 'BF16' | 'I64' | 'U64' | 'I32' | 'U32' | 'I16' | 'U16' | 'I8' | 'U8' | 'BOOL'

export type TypedArray =
  | Float64Array
  | Float32Array
  | BigInt64Array
  | BigUint64Array
  | Int32Array
  | Uint32Array
  | Int16Array
  | Uint16Array
  | Int8Array
  | Uint8Array

/** An array as files hold it: row-major. F16 and BF16 are 16-bit patterns in a Uint16Array; BOOL is 0 or 1. */
export interface NamedTensor {
  readonly dtype: Dtype
  readonly shape: readonly number[]
  readonly data: TypedArray
}

/** The named tensors of a checkpoint, in the order of the file. */
export type StateDict = Map<string, NamedTensor>

interface ArrayConstructor {
  readonly BYTES_PER_ELEMENT: number
  new (buffer: ArrayBufferLike, byteOffset: number, length: number): TypedArray
}

const arrayTypes: Readonly<Record<Dtype, ArrayConstructor>> = {
  F64: Float64Array,
  F32: Float32Array,
  F16: Uint16Array,
  BF16: Uint16Array,
  I64: BigInt64Array,
  U64: BigUint64Array,
  I32: Int32Array,
  U32: Uint32Array,
  I16: Int16Array,
  U16: Uint16Array,
  I8: Int8Array,
  U8: Uint8Array,
  BOOL: Uint8Array,
}

export function isDtype(text: string): text is Dtype {
  return Object.hasOwn(arrayTypes, text)
}

/** Bytes an element takes, in files and in memory. */
export function itemSize(dtype: Dtype): number {
  return arrayTypes[dtype].BYTES_PER_ELEMENT
}

/** How many elements a shape has: 1 for a scalar; undefined when that cannot be counted exactly. */
export function elementCount(shape: readonly number[]): number | undefined {
  // The zero first: [2^40, 2^40, 0] has no elements, and no product on the way may lose digits.
  if (shape.includes(0)) return 0
  let count = 1
  for (const size of shape) {
    count *= size
    if (!Number.isSafeInteger(count)) return undefined
  }
  return count
}

/**
 * `bytes` (little-endian, packed) as elements. A view where the address is a multiple of the item size, else a copy.
 * The program runs on little-endian machines only: so do TensorFlow's binaries.
 */
export function viewElements(bytes: Uint8Array, dtype: Dtype): TypedArray {
  const type = arrayTypes[dtype]
  const aligned = bytes.byteOffset % type.BYTES_PER_ELEMENT === 0 ? bytes : new Uint8Array(bytes)
  return new type(aligned.buffer, aligned.byteOffset, aligned.byteLength / type.BYTES_PER_ELEMENT)
}

/** The bytes of an array, without a copy. */
export function bytesOf(data: TypedArray): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
}

/** Throws unless the data is of the dtype's array type and fills the shape: for tensors about to be written. */
export function assertTensor(name: string, { dtype, shape, data }: NamedTensor): void {
  if (!(data instanceof arrayTypes[dtype]))
    throw new WorkbenchError('INTERNAL', `tensor "${name}" is said to be ${dtype} but holds a ${data.constructor.name}`)
  const count = shape.every(size => Number.isSafeInteger(size) && size >= 0) ? elementCount(shape) : undefined
  if (count !== data.length)
    throw new WorkbenchError(
      'SHAPE_MISMATCH',
      `tensor "${name}" has ${data.length} elements, its shape is [${shape.join(', ')}]`,
    )
}

/** The values as float32; no copy when they are that already. 64-bit values are rounded to the nearest. */
export function toFloat32({ dtype, data }: NamedTensor): Float32Array {
  if (data instanceof Float32Array) return data
  if (data instanceof BigInt64Array || data instanceof BigUint64Array) return Float32Array.from(data, Number)
  if (dtype === 'F16') return halfToFloat(data as Uint16Array)
  if (dtype === 'BF16') return brainToFloat(data as Uint16Array)
  return Float32Array.from(data)
}

/** A BF16 pattern is the upper half of a float32's. `[n]` → `[n]` */
function brainToFloat(patterns: Uint16Array): Float32Array {
  const floats = new Uint32Array(patterns.length)
  for (let i = 0; i < patterns.length; i++) floats[i] = patterns[i]! << 16
  return new Float32Array(floats.buffer)
}
