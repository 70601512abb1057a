import { protocol2Opcodes } from './pickleOpcodes'
import { isNatural, PickleDict, PickleGlobal, PickleObject, type PickleDialect, type PickleValue } from './pickleValues'
import type { Refuse } from '../../shared/tensors/refusal'
import { elementCount, type Dtype } from '../../shared/tensors/tensors'

/** The values behind one or more tensors, stored under a key of the file. */
export class TorchStorage extends PickleObject {
  constructor(
    readonly dtype: Dtype,
    readonly key: string,
    /** Elements in the whole storage. */
    readonly count: number,
  ) {
    super()
  }
}

/** A part of a storage, as old files describe it. */
class StorageView extends PickleObject {
  constructor(
    readonly storage: TorchStorage,
    /** Elements. */
    readonly offset: number,
    /** Elements. */
    readonly count: number,
  ) {
    super()
  }
}

/** Where a tensor's elements lie in its storage; every reachable index is inside. */
export class TorchTensor extends PickleObject {
  constructor(
    readonly storage: TorchStorage,
    /** Elements. */
    readonly offset: number,
    readonly shape: readonly number[],
    /** Elements from one index to the next, an axis each. */
    readonly strides: readonly number[],
  ) {
    super()
  }
}

const HIGHEST_RANK = 8

const storageClasses: Readonly<Record<string, Dtype>> = {
  FloatStorage: 'F32',
  HalfStorage: 'F16',
  BFloat16Storage: 'BF16',
  DoubleStorage: 'F64',
  LongStorage: 'I64',
  IntStorage: 'I32',
  ShortStorage: 'I16',
  CharStorage: 'I8',
  ByteStorage: 'U8',
  BoolStorage: 'BOOL',
}

/** A storage class is only a name with a dtype: calling it is refused. */
class StorageClass extends PickleGlobal {
  constructor(
    name: string,
    readonly dtype: Dtype,
  ) {
    super(name)
  }
}

export const rebuildTensorGlobals: readonly PickleGlobal[] = [
  new PickleGlobal('collections OrderedDict', makeOrderedDict),
  new PickleGlobal('torch._utils _rebuild_tensor', rebuildTensor),
  new PickleGlobal('torch._utils _rebuild_tensor_v2', rebuildTensorV2),
  new PickleGlobal('torch._utils _rebuild_parameter', rebuildParameter),
  new PickleGlobal('torch Size', takeSize),
]

/**
 * The allow-list of a PyTorch checkpoint: narrower than torch.load(weights_only=True).
 * @param storages filled with the storages of this file by key, so that a key always means one dtype and length
 */
export function torchDialect(storages: Map<string, TorchStorage>): PickleDialect {
  return {
    protocols: [2],
    opcodes: protocol2Opcodes,
    globals: torchGlobals,
    advice: 'which is not on the list of harmless ones: in Python, save its tensors alone as .safetensors',
    limits: {
      bytes: 2 ** 26,
      operations: 1e7,
      stack: 1e6,
      memo: 1e6,
      containers: 1e6,
      nesting: 64,
      stringBytes: 2 ** 20,
    },
    persistent: (id, refuse) => loadStorage(id, storages, refuse),
  }
}

const torchGlobals: ReadonlyMap<string, PickleGlobal> = byName([
  ...rebuildTensorGlobals,
  ...['torch', 'torch.storage', 'torch.cuda'].flatMap(module =>
    Object.entries(storageClasses).map(([name, dtype]) => new StorageClass(`${module} ${name}`, dtype)),
  ),
])

export function byName(globals: readonly PickleGlobal[]): ReadonlyMap<string, PickleGlobal> {
  return new Map(globals.map(global => [global.name, global]))
}

/** `('storage', class, key, location, count[, view])`; location is where it lived, a CPU or a GPU, and means nothing. */
function loadStorage(id: PickleValue, storages: Map<string, TorchStorage>, refuse: Refuse): PickleObject {
  const [kind, storageClass, key, location, count, view, ...others] = Array.isArray(id) ? (id as PickleValue[]) : []
  if (kind !== 'storage' || others.length > 0) throw refuse('a persistent id that is not a storage')
  if (!(storageClass instanceof StorageClass) || typeof key !== 'string' || typeof location !== 'string')
    throw refuse('an incomplete storage')
  if (!isNatural(count)) throw refuse(`the storage "${key}" has no valid length`)
  const known = storages.get(key) ?? new TorchStorage(storageClass.dtype, key, count)
  if (known.dtype !== storageClass.dtype || known.count !== count)
    throw refuse(`the storage "${key}" is described twice, differently`)
  storages.set(key, known)
  return view === undefined || view === null ? known : viewOf(known, view, refuse)
}

/** `(view key, offset, count)`, in elements. */
function viewOf(storage: TorchStorage, view: PickleValue, refuse: Refuse): StorageView {
  const [, offset, count, ...others] = Array.isArray(view) ? (view as PickleValue[]) : []
  if (!isNatural(offset) || !isNatural(count) || others.length > 0 || offset + count > storage.count)
    throw refuse(`a view outside the storage "${storage.key}"`)
  return new StorageView(storage, offset, count)
}

function makeOrderedDict(values: readonly PickleValue[], refuse: Refuse): PickleDict {
  if (values.length > 0) throw refuse('an OrderedDict made from values')
  return new PickleDict(true)
}

/** `(storage, offset, size, stride, requires_grad, hooks[, metadata])` */
function rebuildTensorV2(values: readonly PickleValue[], refuse: Refuse): TorchTensor {
  const [requiresGradient, hooks, metadata] = values.slice(4)
  if (values.length > 7 || typeof requiresGradient !== 'boolean' || !isEmptyDict(hooks, true))
    throw refuse('a tensor with hooks or without its fields')
  // The metadata can say "conjugate" or "negate": then the stored values are not the tensor's.
  if (metadata !== undefined && metadata !== null && !isEmptyDict(metadata, false)) throw refuse('a tensor with flags')
  return rebuildTensor(values.slice(0, 4), refuse)
}

/** `(tensor, requires_grad, hooks)` */
function rebuildParameter(values: readonly PickleValue[], refuse: Refuse): TorchTensor {
  const [tensor, requiresGradient, hooks] = values
  if (!(tensor instanceof TorchTensor) || typeof requiresGradient !== 'boolean' || values.length !== 3)
    throw refuse('a parameter that is not a tensor')
  if (!isEmptyDict(hooks, true)) throw refuse('a parameter with hooks')
  return tensor
}

function takeSize(values: readonly PickleValue[], refuse: Refuse): readonly PickleValue[] {
  const [size] = values
  if (values.length !== 1 || !Array.isArray(size)) throw refuse('a size without numbers')
  return size as readonly PickleValue[]
}

/** `(storage, offset, size, stride)` */
function rebuildTensor(values: readonly PickleValue[], refuse: Refuse): TorchTensor {
  const [source, offset, shape, strides] = values
  const isStorage = source instanceof TorchStorage || source instanceof StorageView
  if (values.length !== 4 || !isStorage) throw refuse('a tensor without a storage')
  if (!isNatural(offset) || !isNaturals(shape) || !isNaturals(strides)) throw refuse('a tensor with an invalid shape')
  if (shape.length !== strides.length || shape.length > HIGHEST_RANK)
    throw refuse(`a tensor with ${shape.length} sizes and ${strides.length} strides`)
  // No more elements than the storage: a stride of 0 cannot blow a few bytes up to gigabytes.
  const count = elementCount(shape)
  if (count === undefined || count > source.count)
    throw refuse(`a tensor [${shape.join(', ')}] larger than its storage of ${source.count}`)
  const last = shape.reduce((index, size, axis) => index + (size - 1) * strides[axis]!, offset)
  if (count > 0 && !(last < source.count))
    throw refuse(`a tensor that reaches element ${last} of a storage of ${source.count}`)
  if (source instanceof TorchStorage) return new TorchTensor(source, offset, shape, strides)
  return new TorchTensor(source.storage, source.offset + offset, shape, strides)
}

function isEmptyDict(value: PickleValue | undefined, ordered: boolean): boolean {
  return value instanceof PickleDict && (value.ordered || !ordered) && value.entries.size === 0
}

function isNaturals(value: PickleValue | undefined): value is readonly number[] {
  return Array.isArray(value) && value.every(isNatural)
}
