import { dirname, join } from 'node:path'
import type { ByteSource } from './byteSource'
import type { Refuse } from '../../shared/tensors/refusal'
import { SafetensorsFile } from './safetensors'
import { StrictJsonError, parseStrictJson, type StrictJson } from '../../shared/tensors/strictJson'
import type { StateDict } from '../../shared/tensors/tensors'

const LARGEST_INDEX = 2 ** 24
const INDEX_DEPTH = 4

/**
 * The tensors of a checkpoint in several files, by its `model.safetensors.index.json`.
 * @param path where the index is; the files must lie beside it
 */
export async function readSafetensorsIndex(path: string, source: ByteSource, refuse: Refuse): Promise<StateDict> {
  if (source.size > LARGEST_INDEX) throw refuse(`it has ${source.size} bytes, an index has at most ${LARGEST_INDEX}`)
  const files = parseIndex(await source.read(0, source.size), refuse)
  const tensors: StateDict = new Map()
  for (const [name, tensorNames] of files) {
    await using file = await SafetensorsFile.open(join(dirname(path), name))
    for (const tensorName of tensorNames) tensors.set(tensorName, await file.read(tensorName))
  }
  return tensors
}

/** The tensors' names by file. */
function parseIndex(bytes: Uint8Array, refuse: Refuse): ReadonlyMap<string, readonly string[]> {
  const index = parseJson(Buffer.from(bytes).toString('utf8'), refuse)
  const weightMap = index instanceof Map ? index.get('weight_map') : undefined
  if (!(weightMap instanceof Map)) throw refuse('it is JSON, but not the index of a safetensors checkpoint')
  const files = new Map<string, string[]>()
  for (const [tensorName, file] of weightMap) {
    // A path would let an index from the internet read any file of this machine.
    if (typeof file !== 'string' || !/^[^/\\:\0]+\.safetensors$/.test(file))
      throw refuse(`the file of ${JSON.stringify(tensorName)} is not the plain name of a .safetensors beside it`)
    const names = files.get(file) ?? []
    files.set(file, names)
    names.push(tensorName)
  }
  return files
}

function parseJson(text: string, refuse: Refuse): StrictJson {
  try {
    return parseStrictJson(text, { depth: INDEX_DEPTH })
  } catch (cause) {
    if (cause instanceof StrictJsonError) throw refuse(`it is not valid JSON (${cause.message})`, { cause })
    throw cause
  }
}
