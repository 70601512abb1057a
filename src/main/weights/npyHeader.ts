import { ByteCursor } from './byteCursor'
import type { Refuse } from '../../shared/tensors/refusal'

/** The header of a .npy file (numpy/lib/format.py, versions 1.0, 2.0 and 3.0). */
export interface NpyHeader {
  /** Type as NumPy writes it: `<f4`, `|O` … */
  readonly descr: string
  readonly shape: readonly number[]
  /** Where the data starts. */
  readonly dataOffset: number
}

const magic = Buffer.from('\x93NUMPY', 'latin1')
/** NumPy itself takes no header over 10,000 bytes. */
const LONGEST_HEADER = 10_000
/** Magic, version and the length of the header in version 1.0. */
const PREFIX_BYTES = 10
const ALIGNMENT = 64

export function parseNpyHeader(bytes: Uint8Array, refuse: Refuse): NpyHeader {
  const cursor = new ByteCursor(bytes, 0, refuse)
  if (bytes.length < magic.length || !magic.equals(cursor.take(magic.length))) throw refuse('it is not a NumPy file')
  const [version, minor] = [cursor.uint8(), cursor.uint8()]
  if (version < 1 || version > 3 || minor !== 0) throw refuse(`its format version ${version}.${minor} is unknown`)
  const length = version === 1 ? cursor.uint16() : cursor.uint32()
  if (length > LONGEST_HEADER) throw refuse(`its header has ${length} bytes, the limit is ${LONGEST_HEADER}`)
  const text = Buffer.from(cursor.take(length)).toString('utf8')
  return { ...parseFields(text, refuse), dataOffset: cursor.at }
}

/** The header is a Python dictionary of three entries, such as `{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }`. */
function parseFields(text: string, refuse: Refuse): Omit<NpyHeader, 'dataOffset'> {
  const entry = String.raw`\s*'(descr|fortran_order|shape)'\s*:\s*('[^'\\]*'|True|False|\([\d\sL,]*\))\s*`
  const found = new RegExp(`^\\s*\\{${entry},${entry},${entry},?\\s*\\}\\s*$`).exec(text)
  if (!found) throw refuse(`its header is not understood: ${JSON.stringify(text.slice(0, 80).trim())}`)
  const fields = new Map([1, 3, 5].map(group => [found[group], found[group + 1]!]))
  const [descr, order, shape] = [fields.get('descr'), fields.get('fortran_order'), fields.get('shape')]
  if (!descr?.startsWith("'") || !(order === 'True' || order === 'False') || !shape?.startsWith('('))
    throw refuse(`its header is incomplete: ${JSON.stringify(text.slice(0, 80).trim())}`)
  return { descr: descr.slice(1, -1), shape: parseShape(shape, refuse) }
}

/** `(2, 3)`, `(3,)`, `()`; Python 2 may write `3L`. */
function parseShape(text: string, refuse: Refuse): number[] {
  const items = text.slice(1, -1).split(',')
  if (items.at(-1)!.trim() === '') items.pop()
  return items.map(item => {
    const size = /^\s*(\d+)L?\s*$/.exec(item)?.[1]
    if (size === undefined || !Number.isSafeInteger(Number(size))) throw refuse(`its shape ${text} is not understood`)
    return Number(size)
  })
}

/** A version 1.0 header with its magic, padded so that the data starts at a multiple of 64, as NumPy does. */
export function encodeNpyHeader(descr: string, shape: readonly number[]): Uint8Array {
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(', ')
  const text = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${sizes}), }`
  const length = Math.ceil((PREFIX_BYTES + text.length + 1) / ALIGNMENT) * ALIGNMENT - PREFIX_BYTES
  const prefix = Buffer.concat([magic, Buffer.from([1, 0, length & 0xff, length >> 8])])
  return Buffer.concat([prefix, Buffer.from(`${text.padEnd(length - 1)}\n`, 'latin1')])
}
