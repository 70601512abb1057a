import { WorkbenchError } from '../../shared/errors'
import { codeOf } from './numpyArray'
import { assertTensor, bytesOf, itemSize, type Dtype, type NamedTensor } from '../../shared/tensors/tensors'

/** Places in the memo: what NumPy mentions again and again is written once. */
const memo = { reconstruct: 0, ndarray: 1, emptyShape: 2, typeCode: 3, encode: 4, latin1: 5, dtype: 6, firstDtype: 7 }

/** Keys and values between two SETITEMS, as Python's own pickler batches them. */
const BATCH = 1000

const operation = {
  PROTO2: Buffer.from([0x80, 2]),
  MARK: Buffer.from('('),
  EMPTY_TUPLE: Buffer.from(')'),
  TUPLE: Buffer.from('t'),
  TUPLE1: Buffer.from([0x85]),
  TUPLE2: Buffer.from([0x86]),
  TUPLE3: Buffer.from([0x87]),
  EMPTY_LIST: Buffer.from(']'),
  EMPTY_DICT: Buffer.from('}'),
  NONE: Buffer.from('N'),
  TRUE: Buffer.from([0x88]),
  FALSE: Buffer.from([0x89]),
  APPEND: Buffer.from('a'),
  SETITEMS: Buffer.from('u'),
  REDUCE: Buffer.from('R'),
  BUILD: Buffer.from('b'),
  STOP: Buffer.from('.'),
} as const

/**
 * The pickle that NumPy itself writes for `np.array(dictionary, dtype=object)` in protocol 2: the dictionary in a 0-d
 * array of objects. `numpy.core` is the name that every NumPy reads.
 */
export function encodeDictPickle(entries: readonly (readonly [string | number, NamedTensor])[]): Uint8Array[] {
  const writer = new DictWriter()
  writer.open()
  for (let start = 0; start < entries.length; start += BATCH) {
    writer.write(operation.MARK)
    for (const [key, tensor] of entries.slice(start, start + BATCH)) writer.entry(key, tensor)
    writer.write(operation.SETITEMS)
  }
  writer.close()
  return writer.chunks
}

class DictWriter {
  readonly chunks: Uint8Array[] = []
  /** Where each dtype written so far is remembered. */
  readonly #dtypes = new Map<string, number>()

  write(...chunks: readonly Uint8Array[]): void {
    this.chunks.push(...chunks)
  }

  /** All up to the dictionary's entries; defines what the memo holds. */
  open(): void {
    const { EMPTY_DICT, EMPTY_LIST, EMPTY_TUPLE, FALSE, MARK, PROTO2, REDUCE, TUPLE1, TUPLE2, TUPLE3 } = operation
    this.write(PROTO2, named('numpy.core.multiarray', '_reconstruct'), put(memo.reconstruct))
    this.write(named('numpy', 'ndarray'), put(memo.ndarray), integer(0), TUPLE1, put(memo.emptyShape))
    this.write(named('_codecs', 'encode'), put(memo.encode), text('b'), text('latin1'), put(memo.latin1))
    this.write(TUPLE2, REDUCE, put(memo.typeCode), TUPLE3, REDUCE)
    this.write(MARK, integer(1), EMPTY_TUPLE, named('numpy', 'dtype'), put(memo.dtype))
    this.#dtypeState('O8', '|', 63)
    this.write(FALSE, EMPTY_LIST, EMPTY_DICT)
  }

  close(): void {
    this.write(operation.APPEND, operation.TUPLE, operation.BUILD, operation.STOP)
  }

  entry(key: string | number, tensor: NamedTensor): void {
    assertTensor(String(key), tensor)
    this.write(typeof key === 'number' ? integer(key) : text(key), arrayStart, ...tensor.shape.map(integer))
    this.write(operation.TUPLE)
    this.#dtype(tensor.dtype)
    this.write(bytesStart, ...latinText(bytesOf(tensor.data)), arrayEnd)
  }

  #dtype(dtype: Dtype): void {
    const code = codeOf(dtype)
    if (code === undefined) throw new WorkbenchError('UNSUPPORTED', `NumPy has no type for ${dtype} values.`)
    const known = this.#dtypes.get(code)
    if (known !== undefined) return this.write(get(known))
    const place = memo.firstDtype + this.#dtypes.size
    this.#dtypes.set(code, place)
    this.write(get(memo.dtype))
    this.#dtypeState(code, itemSize(dtype) === 1 ? '|' : '<', 0)
    this.write(put(place))
  }

  /** After the class: its call and its state `(3, byte order, None, None, None, -1, -1, flags)`. */
  #dtypeState(code: string, order: string, flags: number): void {
    const { BUILD, FALSE, MARK, NONE, REDUCE, TRUE, TUPLE, TUPLE3 } = operation
    this.write(text(code), FALSE, TRUE, TUPLE3, REDUCE)
    this.write(MARK, integer(3), text(order), NONE, NONE, NONE, integer(-1), integer(-1), integer(flags), TUPLE, BUILD)
  }
}

/** What every array has before its shape, before its bytes and after them. */
const arrayStart = Buffer.concat([
  ...[memo.reconstruct, memo.ndarray, memo.emptyShape, memo.typeCode].map(get),
  ...[operation.TUPLE3, operation.REDUCE, operation.MARK, integer(1), operation.MARK],
])
const bytesStart = Buffer.concat([operation.FALSE, get(memo.encode)])
const arrayEnd = Buffer.concat([
  get(memo.latin1),
  ...[operation.TUPLE2, operation.REDUCE, operation.TUPLE, operation.BUILD],
])

function named(module: string, name: string): Uint8Array {
  return Buffer.from(`c${module}\n${name}\n`)
}

function put(place: number): Uint8Array {
  return Buffer.from([0x71, place])
}

function get(place: number): Uint8Array {
  return Buffer.from([0x68, place])
}

/** BININT1, BININT or, beyond 32 bits, LONG1. */
function integer(value: number): Uint8Array {
  if (value >= 0 && value < 256) return Buffer.from([0x4b, value])
  const bytes = Buffer.alloc(10)
  if (value === (value | 0)) {
    bytes[0] = 0x4a
    bytes.writeInt32LE(value, 1)
    return bytes.subarray(0, 5)
  }
  bytes[0] = 0x8a
  bytes[1] = 8
  bytes.writeBigInt64LE(BigInt(value), 2)
  return bytes
}

function text(value: string): Uint8Array {
  return Buffer.concat(unicode(Buffer.from(value, 'utf8')))
}

/** Bytes as the text of the same code points: protocol 2 has no bytes. */
function latinText(bytes: Uint8Array): Uint8Array[] {
  return unicode(Buffer.from(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1'), 'utf8'))
}

function unicode(utf8: Uint8Array): Uint8Array[] {
  const head = Buffer.alloc(5)
  head[0] = 0x58
  if (utf8.length > 0xffffffff) throw new WorkbenchError('UNSUPPORTED', 'NumPy arrays over 4 GiB cannot be written.')
  head.writeUInt32LE(utf8.length, 1)
  return [head, utf8]
}
