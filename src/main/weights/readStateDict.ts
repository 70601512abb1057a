import { openByteSource, type ByteSource } from './byteSource'
import { refusal, type Refuse } from '../../shared/tensors/refusal'
import { readSafetensors } from './safetensors'
import { readSafetensorsIndex } from './safetensorsIndex'
import { collectTensors, stripPrefixes } from './stateDict'
import type { StateDict } from '../../shared/tensors/tensors'
import { isLegacy, parseLegacy } from './torchLegacy'
import { materialise } from './torchTensors'
import { readTorchZip } from './torchZip'

/** Enough to recognise every format, tar's mark at byte 257 included. */
const START_BYTES = 512
const LARGEST_CHECKPOINT = 2 ** 32

/**
 * The weights in a file, whatever it is: safetensors (or the index of several), or a PyTorch checkpoint of any age,
 * recognised by its content. A `state_dict` wrapped in a training checkpoint is found, prefixes that all names share
 * (`module.` …) are taken off.
 */
export async function readStateDict(path: string): Promise<StateDict> {
  await using source = await openByteSource(path)
  const refuse = refusal('WEIGHTS_UNREADABLE', source.name)
  if (source.size > LARGEST_CHECKPOINT) throw refuse(`it has ${source.size} bytes, the limit is ${LARGEST_CHECKPOINT}`)
  return stripPrefixes(await readTensors(path, source, refuse))
}

async function readTensors(path: string, source: ByteSource, refuse: Refuse): Promise<StateDict> {
  const start = await source.read(0, Math.min(START_BYTES, source.size))
  if (startsWith(start, 'PK\x03\x04')) return readTorchZip(source, refuse)
  if (isLegacy(start)) return readLegacy(source, refuse)
  // Byte 7 is the highest of a safetensors header's length, hence 0; JSON text has no such byte.
  if (startsWith(start, '{') && start[7] !== 0) return readSafetensorsIndex(path, source, refuse)
  if (startsWith(start.subarray(8), '{')) return (await readSafetensors(path)).tensors
  throw refuse(whyNot(start))
}

async function readLegacy(source: ByteSource, refuse: Refuse): Promise<StateDict> {
  const { root, storages } = parseLegacy(await source.read(0, source.size), refuse)
  return materialise(collectTensors(root, refuse), storage => Promise.resolve(storages.get(storage)!), refuse)
}

/** What a file that is none of these probably is. */
function whyNot(start: Uint8Array): string {
  const resave = 'in Python, save the state_dict as .safetensors'
  if (startsWith(start.subarray(257), 'ustar')) return `it is a tar file, as PyTorch 0.1 wrote them; ${resave}`
  if (startsWith(start, 'version https://git-lfs')) return 'it is a Git LFS pointer; run "git lfs pull" to get the file'
  if (startsWith(start, '<')) return 'it is a web page; the download failed'
  if (start[0] === 0x80) return `it is a pickle, but not one that PyTorch wrote; ${resave}`
  return 'it is neither safetensors nor a PyTorch checkpoint'
}

function startsWith(bytes: Uint8Array, text: string): boolean {
  return Buffer.from(bytes.subarray(0, text.length)).toString('latin1') === text
}
