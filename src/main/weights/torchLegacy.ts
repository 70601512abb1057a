import { ByteCursor } from './byteCursor'
import { PickleDict, PickleList, type PickleValue } from './pickleValues'
import type { Refuse } from '../../shared/tensors/refusal'
import { itemSize } from '../../shared/tensors/tensors'
import { torchDialect, type TorchStorage } from './torchPickle'
import { unpickle } from './unpickler'

/** A stream of PyTorch ≤ 1.5: pickles (magic, version, system, object, storage keys), then the storages. */
export interface LegacyCheckpoint {
  readonly root: PickleValue
  /** Each storage's bytes, views of the stream. */
  readonly storages: ReadonlyMap<TorchStorage, Uint8Array>
}

/** torch/serialization.py `MAGIC_NUMBER` and `PROTOCOL_VERSION`. */
const MAGIC = 0x1950a86a20f9469cfc6cn
const VERSION = 1001
/** The first bytes of every such stream: protocol 2, a long integer of 10 bytes, the magic number. */
const magicBytes = Buffer.from('80028a0a6cfc9c46f9206aa85019', 'hex')

export function isLegacy(start: Uint8Array): boolean {
  return magicBytes.equals(start.subarray(0, magicBytes.length))
}

export function parseLegacy(bytes: Uint8Array, refuse: Refuse): LegacyCheckpoint {
  const storagesByKey = new Map<string, TorchStorage>()
  const dialect = torchDialect(storagesByKey)
  let at = 0
  const next = (): PickleValue => {
    const { value, end } = unpickle(bytes, at, dialect, refuse)
    at = end
    return value
  }
  if (next() !== MAGIC) throw refuse('it does not start with the number that marks a PyTorch file')
  const version = next()
  if (version !== VERSION) throw refuse(`its format version is not ${VERSION}`)
  const system = next()
  if (!(system instanceof PickleDict) || system.entries.get('little_endian') !== true)
    throw refuse('it was written on a big-endian machine')
  const root = next()
  const keys = next()
  if (!(keys instanceof PickleList)) throw refuse('its list of storages is missing')
  return { root, storages: locateStorages(new ByteCursor(bytes, at, refuse), keys.items, storagesByKey) }
}

/** After the pickles, for every key: the number of elements as int64, then the elements. */
function locateStorages(
  cursor: ByteCursor,
  keys: readonly PickleValue[],
  storagesByKey: ReadonlyMap<string, TorchStorage>,
): Map<TorchStorage, Uint8Array> {
  const { refuse } = cursor
  const storages = new Map<TorchStorage, Uint8Array>()
  for (const key of keys) {
    const storage = typeof key === 'string' ? storagesByKey.get(key) : undefined
    if (!storage || storages.has(storage)) throw refuse(`its list of storages names ${JSON.stringify(key)} wrongly`)
    const count = cursor.uint64()
    if (count !== storage.count)
      throw refuse(`the storage "${storage.key}" has ${count} elements, ${storage.count} were announced`)
    storages.set(storage, cursor.take(count * itemSize(storage.dtype)))
  }
  if (storages.size < storagesByKey.size) throw refuse('the values of some of its tensors are missing')
  if (cursor.at < cursor.bytes.length) throw refuse(`${cursor.bytes.length - cursor.at} bytes follow its last storage`)
  return storages
}
