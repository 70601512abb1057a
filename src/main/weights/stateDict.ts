import { PickleDict, type PickleValue } from './pickleValues'
import type { Refuse } from '../../shared/tensors/refusal'
import { TorchTensor } from './torchPickle'

/** Under these names training scripts keep the weights, beside epoch, optimizer and the like. */
const wrappers = ['state_dict', 'model_state_dict', 'model_state', 'model']

/** Put before every name by DataParallel and by modules that hold the network as a part. */
const prefixes = ['module.', 'backbone.', 'encoder.', 'model.']

/** The tensors of a checkpoint's dictionary, or of the dictionary that it wraps; all other values are left. */
export function collectTensors(root: PickleValue, refuse: Refuse): Map<string, TorchTensor> {
  const tensors = tensorsIn(root)
  if (tensors.size > 0) return tensors
  const entries = root instanceof PickleDict ? root.entries : new Map<string, PickleValue>()
  for (const wrapper of wrappers) {
    const wrapped = tensorsIn(entries.get(wrapper))
    if (wrapped.size > 0) return wrapped
  }
  const keys = [...entries.keys()].slice(0, 8).join(', ')
  throw refuse(
    `it holds no state_dict: no tensors at its top level or under ${wrappers.join(', ')}` +
      (keys === '' ? '' : ` (it has ${keys})`),
  )
}

function tensorsIn(value: PickleValue | undefined): Map<string, TorchTensor> {
  const tensors = new Map<string, TorchTensor>()
  if (!(value instanceof PickleDict)) return tensors
  for (const [name, item] of value.entries)
    if (typeof name === 'string' && item instanceof TorchTensor) tensors.set(name, item)
  return tensors
}

/** Takes a known prefix off, again and again, while all names have it. */
export function stripPrefixes<Value>(named: ReadonlyMap<string, Value>): Map<string, Value> {
  const names = [...named.keys()]
  const prefix = prefixes.find(candidate => names.length > 0 && names.every(name => name.startsWith(candidate)))
  if (prefix === undefined) return new Map(named)
  return stripPrefixes(new Map([...named].map(([name, value]) => [name.slice(prefix.length), value])))
}
