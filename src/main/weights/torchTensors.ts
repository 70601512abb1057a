import type { Refuse } from './refusal'
import { elementCount, viewElements, type StateDict, type TypedArray } from './tensors'
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
  const loaded = new Map<string, TypedArray>()
  for (const [storage, group] of groupByStorage(tensors)) {
    const elements = viewElements(await load(storage), storage.dtype)
    let copied = 0
    for (const [name, tensor] of group) {
      const count = elementCount(tensor.shape)!
      const contiguous = isContiguous(tensor)
      copied += contiguous ? 0 : count
      if (copied > MOST_COPIES * storage.count) throw refuse(`too many tensors share the storage "${storage.key}"`)
      const { offset } = tensor
      loaded.set(name, contiguous ? elements.subarray(offset, offset + count) : gather(elements, tensor, count))
    }
  }
  // In the order of the checkpoint, not of the storages.
  return new Map(
    [...tensors].map(([name, { storage, shape }]) => [name, { dtype: storage.dtype, shape, data: loaded.get(name)! }]),
  )
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

/** Copies `count` elements by their strides: transposed tensors, channels-last convolutions. */
function gather<Elements extends TypedArray>(elements: Elements, tensor: TorchTensor, count: number): TypedArray {
  const { shape, strides } = tensor
  const gathered = elements.slice(0, count)
  const index = new Array<number>(shape.length).fill(0)
  let from = tensor.offset
  for (let to = 0; to < count; to++) {
    gathered[to] = elements[from]!
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis]!
      if (++index[axis]! < shape[axis]!) break
      from -= shape[axis]! * strides[axis]!
      index[axis] = 0
    }
  }
  return gathered
}
