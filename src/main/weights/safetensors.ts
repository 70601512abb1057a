import { WorkbenchError } from '../../shared/errors'
import { replaceFile } from './atomicFile'
import { openByteSource, type ByteSource } from './byteSource'
import { refusal, type Refuse } from './refusal'
import { LENGTH_BYTES, headerLength, parseHeader, type SafetensorsEntry } from './safetensorsHeader'
import { assertTensor, bytesOf, isDtype, itemSize, viewElements, type NamedTensor, type StateDict } from './tensors'

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
    tensors.set(key, toTensor(key, entry, bytes.subarray(start + entry.begin, start + entry.end), refuse))
  return { tensors, metadata }
}

/** A safetensors file read tensor by tensor. */
export class SafetensorsFile implements AsyncDisposable {
  private constructor(
    readonly source: ByteSource,
    readonly entries: ReadonlyMap<string, SafetensorsEntry>,
    readonly metadata: ReadonlyMap<string, string>,
    /** Where the tensors' bytes start in the file. */
    readonly start: number,
    readonly refuse: Refuse,
  ) {}

  /** Opens the file and checks its whole header; no tensor is read yet. */
  static async open(path: string): Promise<SafetensorsFile> {
    const source = await openByteSource(path)
    const refuse = refusal('WEIGHTS_UNREADABLE', source.name)
    try {
      const length = headerLength(await source.read(0, Math.min(LENGTH_BYTES, source.size)), source.size, refuse)
      const start = LENGTH_BYTES + length
      const { entries, metadata } = parseHeader(await source.read(LENGTH_BYTES, length), source.size - start, refuse)
      return new SafetensorsFile(source, entries, metadata, start, refuse)
    } catch (error) {
      await source[Symbol.asyncDispose]()
      throw error
    }
  }

  async read(name: string): Promise<NamedTensor> {
    const entry = this.entries.get(name)
    if (!entry) throw this.refuse(`it has no tensor ${JSON.stringify(name)}`)
    return toTensor(name, entry, await this.source.read(this.start + entry.begin, entry.end - entry.begin), this.refuse)
  }

  async close(): Promise<void> {
    await this.source[Symbol.asyncDispose]()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }
}

/** Reads a whole safetensors file. */
export async function readSafetensors(path: string): Promise<Safetensors> {
  await using file = await SafetensorsFile.open(path)
  const tensors: StateDict = new Map()
  for (const name of file.entries.keys()) tensors.set(name, await file.read(name))
  return { tensors, metadata: file.metadata }
}

/** The bytes of a safetensors file: the layout of the reference writer, which every reader takes. */
export function encodeSafetensors(
  tensors: ReadonlyMap<string, NamedTensor>,
  metadata?: Readonly<Record<string, string>>,
): Uint8Array {
  const chunks = layOut(tensors, metadata)
  const bytes = new Uint8Array(chunks.reduce((total, chunk) => total + chunk.length, 0))
  let at = 0
  for (const chunk of chunks) {
    bytes.set(chunk, at)
    at += chunk.length
  }
  return bytes
}

/** Writes a safetensors file, completely or not at all. */
export async function writeSafetensors(
  path: string,
  tensors: ReadonlyMap<string, NamedTensor>,
  metadata?: Readonly<Record<string, string>>,
): Promise<void> {
  await replaceFile(path, layOut(tensors, metadata))
}

function toTensor(name: string, entry: SafetensorsEntry, bytes: Uint8Array, refuse: Refuse): NamedTensor {
  const { dtype, shape } = entry
  if (!isDtype(dtype)) throw refuse(`tensor ${JSON.stringify(name)} has the unsupported dtype ${JSON.stringify(dtype)}`)
  return { dtype, shape, data: viewElements(bytes, dtype) }
}

/** Length, header and the tensors' own bytes in the order of the file. */
function layOut(
  tensors: ReadonlyMap<string, NamedTensor>,
  metadata: Readonly<Record<string, string>> | undefined,
): Uint8Array[] {
  // Widest elements first, then by name: with a header padded to 8 every tensor is aligned.
  const sorted = [...tensors].sort(
    ([leftName, left], [rightName, right]) =>
      itemSize(right.dtype) - itemSize(left.dtype) || (leftName < rightName ? -1 : 1),
  )
  const chunks = sorted.map(([name, tensor]) => {
    assertTensor(name, tensor)
    return bytesOf(tensor.data)
  })
  const header = encodeHeader(sorted, metadata)
  const length = new Uint8Array(LENGTH_BYTES)
  new DataView(length.buffer).setBigUint64(0, BigInt(header.length), true)
  return [length, header, ...chunks]
}

/** Written by hand, as JSON.stringify would move names that look like numbers to the front. */
function encodeHeader(
  sorted: readonly (readonly [string, NamedTensor])[],
  metadata: Readonly<Record<string, string>> | undefined,
): Uint8Array {
  const fields = metadata === undefined ? [] : [`"__metadata__":${JSON.stringify(metadata)}`]
  let begin = 0
  for (const [name, { dtype, shape, data }] of sorted) {
    if (name === '__metadata__') throw new WorkbenchError('INTERNAL', 'no tensor can be named "__metadata__"')
    const end = begin + data.byteLength
    const entry = { dtype, shape, data_offsets: [begin, end] }
    fields.push(`${JSON.stringify(name)}:${JSON.stringify(entry)}`)
    begin = end
  }
  const text = new TextEncoder().encode(`{${fields.join(',')}}`)
  const padded = new Uint8Array(Math.ceil(text.length / 8) * 8).fill(0x20)
  padded.set(text)
  return padded
}
