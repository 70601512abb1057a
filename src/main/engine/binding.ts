import { WorkbenchError } from '../../shared/errors'
import { AttributeType, DataType, type OpAttribute } from './attributes'
import type { NativeLibrary } from './library'
import { AttributeSetter, CStrings } from './opAttributes'
import { allocate, elementBytes, type TensorValues, toBytes } from './tensorBytes'

/** A tensor that TensorFlow holds: its number in the binding's table, its shape and its type. */
export interface TensorMetadata {
  id: number
  shape: number[]
  dtype: number
}

/** sizeof(TF_TString), the same on every platform (tensorflow/core/platform/ctstring_internal.h). */
const STRING_BYTES = 24
/** TF_Code RESOURCE_EXHAUSTED. */
const RESOURCE_EXHAUSTED = 8

interface Held {
  readonly handle: number
  readonly shape: readonly number[]
  readonly dtype: number
  readonly bytes: number
}

/**
 * tfjs's `TFJSBinding` over TensorFlow's C API: what its native addon does in C++, without an addon.
 *
 * One instance belongs to one context on one thread. Tensors are numbered; the table counts them and their bytes, so
 * that a leak shows and the memory in use is known.
 */
export class TensorFlowBinding {
  readonly TF_FLOAT = DataType.FLOAT
  readonly TF_INT32 = DataType.INT32
  readonly TF_INT64 = DataType.INT64
  readonly TF_BOOL = DataType.BOOL
  readonly TF_COMPLEX64 = DataType.COMPLEX64
  readonly TF_STRING = DataType.STRING
  readonly TF_RESOURCE = DataType.RESOURCE
  readonly TF_UINT8 = DataType.UINT8
  readonly TF_ATTR_STRING = AttributeType.STRING
  readonly TF_ATTR_INT = AttributeType.INT
  readonly TF_ATTR_FLOAT = AttributeType.FLOAT
  readonly TF_ATTR_BOOL = AttributeType.BOOL
  readonly TF_ATTR_TYPE = AttributeType.TYPE
  readonly TF_ATTR_SHAPE = AttributeType.SHAPE
  readonly TF_ATTR_RESOURCE = AttributeType.RESOURCE
  readonly TF_Version: string

  readonly #library: NativeLibrary
  readonly #context: number
  readonly #device: Buffer
  readonly #onGpu: boolean
  readonly #status: number
  readonly #tensors = new Map<number, Held>()
  readonly #names = new CStrings()
  readonly #attributes: AttributeSetter
  readonly #outputs = new BigUint64Array(256)
  readonly #outputCount = new Int32Array(1)
  #nextId = 0
  #bytes = 0
  #peakBytes = 0

  constructor(library: NativeLibrary, context: number, device: { readonly name: string; readonly gpu: boolean }) {
    this.#library = library
    this.#context = context
    this.#device = this.#names.bytes(device.name)
    this.#onGpu = device.gpu
    this.#status = library.TF_NewStatus()
    this.#attributes = new AttributeSetter(library, this.#names, this.#status)
    this.TF_Version = library.TF_Version()
  }

  /** Copies `values` into a new tensor of TensorFlow's. @returns its number */
  createTensor(shape: readonly number[], dtype: number, values: TensorValues): number {
    const handle =
      dtype === DataType.STRING ? this.#stringHandle(shape, values) : this.#numberHandle(shape, dtype, values)
    return this.#hold(handle, shape, dtype)
  }

  deleteTensor(id: number): void {
    const held = this.#require(id)
    this.#library.TFE_DeleteTensorHandle(held.handle)
    this.#tensors.delete(id)
    this.#bytes -= held.bytes
  }

  /** Reads a tensor back. Half floats come as their 16-bit patterns; strings as byte arrays. */
  tensorDataSync(id: number): NodeJS.TypedArray | Uint8Array[] {
    const held = this.#require(id)
    const tensor = this.#library.TFE_TensorHandleResolve(held.handle, this.#status)
    this.#check(() => `reading a tensor of shape [${held.shape.join(', ')}]`)
    try {
      if (held.dtype === DataType.STRING) return this.#readStrings(tensor, held.shape)
      const bytes = this.#library.TF_TensorByteSize(tensor)
      const data = allocate(held.dtype, bytes)
      if (bytes > 0) this.#library.copyOut(data, this.#library.TF_TensorData(tensor), bytes)
      return data
    } finally {
      this.#library.TF_DeleteTensor(tensor)
    }
  }

  /** Runs one operation eagerly. @throws ENGINE_FAILED or OUT_OF_MEMORY with TensorFlow's own sentence */
  executeOp(
    name: string,
    attributes: readonly OpAttribute[],
    inputs: readonly number[],
    outputs: number,
  ): TensorMetadata[] {
    const library = this.#library
    const status = this.#status
    const op = library.TFE_NewOp(this.#context, this.#names.bytes(name), status)
    if (library.TF_GetCode(status) !== 0) this.#fail(`operation ${name}`)
    try {
      library.TFE_OpSetDevice(op, this.#device, status)
      for (const attribute of attributes) this.#attributes.set(op, attribute)
      for (const input of inputs) library.TFE_OpAddInput(op, this.#require(input).handle, status)
      if (library.TF_GetCode(status) !== 0) this.#fail(`operation ${name}: its inputs`)
      this.#outputCount[0] = outputs
      library.TFE_Execute(op, this.#outputs, this.#outputCount, status)
      if (library.TF_GetCode(status) !== 0) this.#fail(`operation ${name} on ${this.#shapes(inputs)}`)
    } finally {
      library.TFE_DeleteOp(op) // not kept for the next call (TFE_OpReset): it would hold on to its inputs' memory
    }
    const results: TensorMetadata[] = []
    for (let i = 0; i < this.#outputCount[0]; i++) results.push(this.#describe(Number(this.#outputs[i])))
    return results
  }

  getNumOfTensors(): number {
    return this.#tensors.size
  }

  isUsingGpuDevice(): boolean {
    return this.#onGpu
  }

  /** Bytes of the tensors held now and the most ever held since `resetPeak`. TensorFlow's own workspace is not in it. */
  memory(): { readonly bytes: number; readonly peakBytes: number } {
    return { bytes: this.#bytes, peakBytes: this.#peakBytes }
  }

  resetPeak(): void {
    this.#peakBytes = this.#bytes
  }

  /** Frees every tensor and the context; the instance is of no use afterwards. */
  close(): void {
    for (const { handle } of this.#tensors.values()) this.#library.TFE_DeleteTensorHandle(handle)
    this.#tensors.clear()
    this.#library.TFE_DeleteContext(this.#context)
    this.#library.TF_DeleteStatus(this.#status)
  }

  loadSavedModel(): never {
    throw savedModelsUnsupported()
  }
  deleteSavedModel(): never {
    throw savedModelsUnsupported()
  }
  runSavedModel(): never {
    throw savedModelsUnsupported()
  }
  getNumOfSavedModels(): number {
    return 0
  }

  #numberHandle(shape: readonly number[], dtype: number, values: TensorValues): number {
    const size = elementBytes[dtype === DataType.RESOURCE ? DataType.UINT8 : dtype]
    if (size === undefined)
      throw new WorkbenchError('UNSUPPORTED', `tensors of TensorFlow type ${dtype} cannot be made`)
    const data = toBytes(dtype, values)
    const expected = shape.reduce((product, n) => product * n, 1) * size
    if (data.byteLength !== expected)
      throw new WorkbenchError(
        'SHAPE_MISMATCH',
        `a tensor of shape [${shape.join(', ')}] takes ${expected} bytes, ${data.byteLength} were given`,
      )
    const tensor = this.#library.TF_AllocateTensor(dtype, BigInt64Array.from(shape, BigInt), shape.length, expected)
    if (tensor === 0) throw new WorkbenchError('OUT_OF_MEMORY', `no memory for a tensor of ${expected} bytes`)
    if (expected > 0) this.#library.copyIn(this.#library.TF_TensorData(tensor), data, expected)
    return this.#handleOf(tensor)
  }

  #stringHandle(shape: readonly number[], values: TensorValues): number {
    const strings = values as readonly (Uint8Array | string)[]
    const expected = shape.reduce((product, n) => product * n, 1)
    if (strings.length !== expected)
      throw new WorkbenchError(
        'SHAPE_MISMATCH',
        `a tensor of shape [${shape.join(', ')}] takes ${expected} strings, ${strings.length} were given`,
      )
    const tensor = this.#library.TF_AllocateTensor(
      DataType.STRING,
      BigInt64Array.from(shape, BigInt),
      shape.length,
      strings.length * STRING_BYTES,
    )
    const start = this.#library.TF_TensorData(tensor)
    strings.forEach((value, i) => {
      const bytes = typeof value === 'string' ? Buffer.from(value, 'utf8') : value
      this.#library.TF_StringInit(start + i * STRING_BYTES)
      this.#library.TF_StringCopy(start + i * STRING_BYTES, bytes, bytes.byteLength)
    })
    return this.#handleOf(tensor)
  }

  #handleOf(tensor: number): number {
    const handle = this.#library.TFE_NewTensorHandle(tensor, this.#status)
    this.#library.TF_DeleteTensor(tensor)
    this.#check(() => 'making a tensor')
    return handle
  }

  #readStrings(tensor: number, shape: readonly number[]): Uint8Array[] {
    const start = this.#library.TF_TensorData(tensor)
    const count = shape.reduce((product, n) => product * n, 1)
    return Array.from({ length: count }, (_, i) => {
      const string = start + i * STRING_BYTES
      const bytes = new Uint8Array(this.#library.TF_StringGetSize(string))
      if (bytes.length > 0) this.#library.copyOut(bytes, this.#library.TF_StringGetDataPointer(string), bytes.length)
      return bytes
    })
  }

  #describe(handle: number): TensorMetadata {
    const rank = this.#library.TFE_TensorHandleNumDims(handle, this.#status)
    const shape = new Array<number>(Math.max(rank, 0))
    for (let i = 0; i < rank; i++) shape[i] = this.#library.TFE_TensorHandleDim(handle, i, this.#status)
    if (this.#library.TF_GetCode(this.#status) !== 0) this.#fail('the shape of a result')
    const dtype = this.#library.TFE_TensorHandleDataType(handle)
    return { id: this.#hold(handle, shape, dtype), shape, dtype }
  }

  #hold(handle: number, shape: readonly number[], dtype: number): number {
    let bytes = elementBytes[dtype] ?? STRING_BYTES
    for (const n of shape) bytes *= n
    const id = this.#nextId++
    this.#tensors.set(id, { handle, shape, dtype, bytes })
    this.#bytes += bytes
    if (this.#bytes > this.#peakBytes) this.#peakBytes = this.#bytes
    return id
  }

  #require(id: number): Held {
    const held = this.#tensors.get(id)
    if (held === undefined) throw new WorkbenchError('INTERNAL', `tensor ${id} was disposed or never made`)
    return held
  }

  #check(what: () => string): void {
    if (this.#library.TF_GetCode(this.#status) !== 0) this.#fail(what())
  }

  #fail(what: string): never {
    const code = this.#library.TF_GetCode(this.#status)
    throw new WorkbenchError(
      code === RESOURCE_EXHAUSTED ? 'OUT_OF_MEMORY' : 'ENGINE_FAILED',
      `TensorFlow refused ${what}: ${this.#library.TF_Message(this.#status)}`,
    )
  }

  #shapes(ids: readonly number[]): string {
    return ids.map(id => `[${this.#require(id).shape.join(', ')}]`).join(', ')
  }
}

function savedModelsUnsupported(): WorkbenchError {
  return new WorkbenchError('UNSUPPORTED', 'SavedModels are not read by this engine: use safetensors checkpoints')
}
