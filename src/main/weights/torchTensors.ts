import type { Refuse } from '../../shared/tensors/refusal'
import { copyStrided } from '../../shared/tensors/stridedCopy'
import { viewElements, type NamedTensor, type StateDict, type TypedArray } from '../../shared/tensors/tensors'
import type { TorchStorage, TorchTensor } from './torchPickle'

/** Transposed copies of one storage may take so many times its bytes in all: more is no checkpoint but a bomb. */
const MOST_COPIES = 8

/**
 * Reads the tensors' elements, in row-major order. Tensors that share a storage share its memory where they can.
 * @param load the whole storage: exactly its elements; called once for each
 */
export async function materialise(
  tensors: ReadonlyMap<string, TorchTensor>,
  load: (storage: TorchStorage) => Promise<Uint8Array>,
  refuse: Refuse,
): Promise<StateDict> {
  const loaded = new Map<string, NamedTensor>()
  for (const [storage, group] of groupByStorage(tensors)) {
    const copied = group.reduce((total, [, tensor]) => total + (isContiguous(tensor) ? 0 : countOf(tensor)), 0)
    if (copied > MOST_COPIES * storage.count) throw refuse(`too many tensors share the storage "${storage.key}"`)
    const elements = viewElements(await load(storage), storage.dtype)
    for (const [name, tensor] of group) loaded.set(name, tensorFrom(elements, tensor))
  }
  // In the order of the checkpoint, not of the storages.
  return new Map([...tensors.keys()].map(name => [name, loaded.get(name)!]))
}

/** @param elements the tensor's whole storage; shared where the tensor lies packed in it, else copied from */
export function tensorFrom(elements: TypedArray, tensor: TorchTensor): NamedTensor {
  const { storage, offset, shape, strides } = tensor
  const data = isContiguous(tensor)
    ? elements.subarray(offset, offset + countOf(tensor))
    : copyStrided(elements, offset, shape, strides)
  return { dtype: storage.dtype, shape, data }
}

function countOf({ shape }: TorchTensor): number {
  return shape.reduce((product, size) => product * size, 1)
}

function groupByStorage(
  tensors: ReadonlyMap<string, TorchTensor>,
): ReadonlyMap<TorchStorage, readonly (readonly [string, TorchTensor])[]> {
  const groups = new Map<TorchStorage, (readonly [string, TorchTensor])[]>()
  for (const [name, tensor] of tensors) {
    const group = groups.get(tensor.storage) ?? []
    groups.set(tensor.storage, group)
    group.push([name, tensor])
  }
  return groups
}

/** True when the strides are those of a packed row-major array; an axis of one element may have any. */
function isContiguous({ shape, strides }: TorchTensor): boolean {
  if (shape.includes(0)) return true
  let packed = 1
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (shape[axis] !== 1 && strides[axis] !== packed) return false
    packed *= shape[axis]!
  }
  return true
}
