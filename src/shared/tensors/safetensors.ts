import { refusal, type Refuse } from './refusal'
import { LENGTH_BYTES, headerLength, parseHeader, type SafetensorsEntry } from './safetensorsHeader'
import { isDtype, viewElements, type NamedTensor, type StateDict } from './tensors'

/** What a safetensors file holds (format: https://github.com/huggingface/safetensors). */
export interface Safetensors {
  readonly tensors: StateDict
  readonly metadata: ReadonlyMap<string, string>
}

/**
 * Parses a safetensors file in memory. Tensors are views of `bytes` wherever the alignment allows.
 * @param name what error sentences call it
 */
export function parseSafetensors(bytes: Uint8Array, name = 'safetensors data'): Safetensors {
  const refuse = refusal('WEIGHTS_UNREADABLE', name)
  const start = LENGTH_BYTES + headerLength(bytes.subarray(0, LENGTH_BYTES), bytes.length, refuse)
  const { entries, metadata } = parseHeader(bytes.subarray(LENGTH_BYTES, start), bytes.length - start, refuse)
  const tensors: StateDict = new Map()
  for (const [key, entry] of entries)
    tensors.set(key, entryTensor(key, entry, bytes.subarray(start + entry.begin, start + entry.end), refuse))
  return { tensors, metadata }
}

/** The bytes of one entry as a tensor. */
export function entryTensor(name: string, entry: SafetensorsEntry, bytes: Uint8Array, refuse: Refuse): NamedTensor {
  const { dtype, shape } = entry
  if (!isDtype(dtype)) throw refuse(`tensor ${JSON.stringify(name)} has the unsupported dtype ${JSON.stringify(dtype)}`)
  return { dtype, shape, data: viewElements(bytes, dtype) }
}
