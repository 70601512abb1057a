import { WorkbenchError } from '../../shared/errors'
import { openByteSource } from './byteSource'
import { encodeNpyHeader, parseNpyHeader } from './npyHeader'
import { NumpyArray } from './numpyObjects'
import { numpyDialect, type NumpyDialect } from './numpyPickle'
import { encodeDictPickle } from './numpyPickleWriter'
import { PickleDict, type PickleValue } from './pickleValues'
import { refusal, type Refuse } from '../../shared/tensors/refusal'
import type { NamedTensor } from '../../shared/tensors/tensors'
import { TorchTensor } from './torchPickle'
import { unpickle } from './unpickler'

/** A value of a pickled dictionary. */
export type NpyValue = NamedTensor | number | bigint | string | boolean | null

/** Keys are photo names, or their integers (2007_000032 → 2007000032), or `keys`, `cam`, `high_res`. */
export type NpyDict = Map<string | number, NpyValue>

/** IRN's keys are integers, others' are text; both are read, and written on demand. */
export type KeyStyle = 'int' | 'str'

/** Parses a .npy file that holds a dictionary: `cls_labels.npy`, or the CAMs of one photo. */
export function parseNpyDict(bytes: Uint8Array, name = 'NumPy data'): NpyDict {
  const refuse = refusal('FILE_UNREADABLE', name)
  const { descr, shape, dataOffset } = parseNpyHeader(bytes, refuse)
  if (!descr.endsWith('O') || shape.length > 0) throw refuse('it holds an array where a dictionary was expected')
  const dialect = numpyDialect(bytes.length - dataOffset)
  const { value, end } = unpickle(bytes, dataOffset, dialect, refuse)
  const root = value instanceof NumpyArray ? value.object : value
  if (!(root instanceof PickleDict)) throw refuse('it does not hold a dictionary')
  if (end !== bytes.length) throw refuse(`${bytes.length - end} bytes follow its end`)
  const entries: NpyDict = new Map()
  for (const [key, item] of root.entries) entries.set(key, toNpyValue(key, item, dialect, refuse))
  return entries
}

export async function readNpyDict(path: string): Promise<NpyDict> {
  await using source = await openByteSource(path)
  return parseNpyDict(await source.read(0, source.size), source.name)
}

/**
 * The bytes of a .npy file with a dictionary, as `np.save(path, dictionary)` makes them; `np.load(path,
 * allow_pickle=True).item()` reads it in NumPy 1 and 2.
 */
export function encodeNpyDict(
  entries: ReadonlyMap<string | number, NamedTensor>,
  options: { readonly keyStyle: KeyStyle },
): Uint8Array {
  const keyed = [...entries].map(([key, tensor]) => [toKey(key, options.keyStyle), tensor] as const)
  return Buffer.concat([encodeNpyHeader('|O', []), ...encodeDictPickle(keyed)])
}

function toNpyValue(key: string | number, value: PickleValue, dialect: NumpyDialect, refuse: Refuse): NpyValue {
  if (value instanceof NumpyArray || value instanceof TorchTensor) return dialect.toTensor(value, refuse)
  if (typeof value === 'object' && value !== null)
    throw refuse(`the value of ${JSON.stringify(key)} is neither an array nor a number`)
  return value
}

function toKey(key: string | number, style: KeyStyle): string | number {
  if (style === 'str') return String(key)
  const number = typeof key === 'number' ? key : /^\d[\d_]*$/.test(key) ? Number(key.replaceAll('_', '')) : NaN
  if (Number.isSafeInteger(number)) return number
  throw new WorkbenchError(
    'BAD_INPUT',
    `"${key}" cannot be written as an integer key: only names of digits can; choose text keys.`,
  )
}
