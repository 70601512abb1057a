import { toTensor } from './numpyArray'
import { NumpyArray, NumpyDtype, asTuple, latinBytes, readScalar } from './numpyObjects'
import { protocol5Opcodes } from './pickleOpcodes'
import { PickleGlobal, type PickleDialect, type PickleValue } from './pickleValues'
import { refusal, type Refuse } from '../../shared/tensors/refusal'
import { viewElements, type NamedTensor } from '../../shared/tensors/tensors'
import { parseLegacy } from './torchLegacy'
import { TorchStorage, byName, rebuildTensorGlobals, type TorchTensor } from './torchPickle'
import { tensorFrom } from './torchTensors'

/** What may be made out of a pickle's bytes: never more than the pickle has, however often it mentions them. */
class ByteBudget {
  #left: number

  constructor(bytes: number) {
    this.#left = bytes
  }

  spend(bytes: number, refuse: Refuse): void {
    this.#left -= bytes
    if (this.#left < 0) throw refuse('its arrays would take more bytes than the file has')
  }
}

/** The dialect of one .npy file, and how what it made becomes tensors. */
export interface NumpyDialect extends PickleDialect {
  toTensor(value: NumpyArray | TorchTensor, refuse: Refuse): NamedTensor
}

/**
 * The allow-list of NumPy's pickled dictionaries: arrays and scalars of numbers, as NumPy 1 and 2 name them in protocols
 * 2 to 5, and tensors inside (IRN's CAM files hold `keys` and `cam` as PyTorch tensors).
 * @param size bytes of the pickle
 */
export function numpyDialect(size: number): NumpyDialect {
  const made = new ByteBudget(size) // by functions of the pickle
  const returned = new ByteBudget(size) // to the caller
  const storages = new Map<TorchStorage, Uint8Array>()
  return {
    protocols: [2, 3, 4, 5],
    opcodes: protocol5Opcodes,
    globals: byName([...arrayGlobals, ...rebuildTensorGlobals, ...byteGlobals(made, storages)]),
    advice: 'but only arrays of numbers are read',
    limits: numpyLimits,
    toTensor(value, refuse) {
      if (value instanceof NumpyArray) {
        if (!value.numbers) throw refuse('an array of Python objects inside another')
        const { layout, data } = value.numbers
        returned.spend(data.length, refuse)
        return toTensor(layout, latinBytes(data, refuse))
      }
      const bytes = storages.get(value.storage)
      if (!bytes) throw refuse('a tensor without values')
      returned.spend(bytes.length, refuse)
      return tensorFrom(viewElements(bytes, value.storage.dtype), value)
    },
  }
}

/** A cls_labels.npy of all 123,287 photos of COCO has 1.1 million remembered values. */
const numpyLimits = {
  bytes: 2 ** 32,
  operations: 1e8,
  stack: 1e6,
  memo: 4e6,
  containers: 4e6,
  nesting: 64,
  stringBytes: 2 ** 32,
}

const ndarray = new PickleGlobal('numpy ndarray')

const arrayGlobals: readonly PickleGlobal[] = [
  ndarray,
  new PickleGlobal('numpy dtype', makeDtype),
  ...['numpy.core', 'numpy._core'].flatMap(core => [
    new PickleGlobal(`${core}.multiarray _reconstruct`, reconstruct),
    new PickleGlobal(`${core}.multiarray scalar`, makeScalar),
    new PickleGlobal(`${core}.numeric _frombuffer`, fromBuffer),
  ]),
  ...['__builtin__', 'builtins'].map(module => new PickleGlobal(`${module} bytes`, makeEmptyBytes)),
]

/** `(ndarray, (0,), b'b')`: an empty array whose state follows by BUILD. */
function reconstruct(values: readonly PickleValue[], refuse: Refuse): NumpyArray {
  if (values[0] !== ndarray) throw refuse('an array of a class of its own')
  return new NumpyArray()
}

/** `(code, align, copy)` */
function makeDtype([code]: readonly PickleValue[], refuse: Refuse): NumpyDtype {
  if (typeof code !== 'string') throw refuse('an unknown array type')
  return new NumpyDtype(code)
}

/** `(bytes, dtype, shape, order)`: an array of protocol 5. */
function fromBuffer(values: readonly PickleValue[], refuse: Refuse): NumpyArray {
  const [data, dtype, shape, order] = values
  if (order !== 'C' && order !== 'F') throw refuse('an array of unknown form')
  const array = new NumpyArray()
  array.set({ shape, dtype, columnMajor: order === 'F', data }, refuse)
  return array
}

/** `(dtype, bytes)` */
function makeScalar(values: readonly PickleValue[], refuse: Refuse): PickleValue {
  const [dtype, data] = values
  if (!(dtype instanceof NumpyDtype) || !(typeof data === 'string' || data instanceof Uint8Array))
    throw refuse('a scalar of unknown form')
  return readScalar(dtype, data, refuse)
}

/** Protocol 2 writes no bytes as a call of their class. */
function makeEmptyBytes(values: readonly PickleValue[], refuse: Refuse): Uint8Array {
  if (values.length > 0) throw refuse('bytes made from values')
  return new Uint8Array()
}

/** The two functions that turn much data into much data. */
function byteGlobals(budget: ByteBudget, storages: Map<TorchStorage, Uint8Array>): readonly PickleGlobal[] {
  /** `(text, 'latin1')`: how protocol 2 writes bytes. */
  const encode = (values: readonly PickleValue[], refuse: Refuse): Uint8Array => {
    const [text, encoding] = values
    if (typeof text !== 'string' || encoding !== 'latin1') throw refuse('a text that is not bytes')
    budget.spend(text.length, refuse)
    return latinBytes(text, refuse)
  }
  /** `(bytes,)`: a storage as a whole legacy checkpoint. */
  const loadFromBytes = (values: readonly PickleValue[], refuse: Refuse): TorchStorage => {
    const [bytes] = asTuple(values)
    if (!(bytes instanceof Uint8Array)) throw refuse('a tensor without values')
    budget.spend(bytes.length, refuse)
    const { root, storages: found } = parseLegacy(bytes, refusal('FILE_UNREADABLE', 'a tensor inside it'))
    if (!(root instanceof TorchStorage)) throw refuse('a tensor without values')
    for (const [storage, values] of found) storages.set(storage, values)
    return root
  }
  return [new PickleGlobal('_codecs encode', encode), new PickleGlobal('torch.storage _load_from_bytes', loadFromBytes)]
}
