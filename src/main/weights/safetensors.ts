import { WorkbenchError } from '../../shared/errors'
import { refusal, type Refuse } from '../../shared/tensors/refusal'
import { entryTensor, type Safetensors } from '../../shared/tensors/safetensors'
import { LENGTH_BYTES, headerLength, parseHeader, type SafetensorsEntry } from '../../shared/tensors/safetensorsHeader'
import { assertTensor, bytesOf, itemSize, type NamedTensor, type StateDict } from '../../shared/tensors/tensors'
import { replaceFile } from './atomicFile'
import { openByteSource, type ByteSource } from './byteSource'

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
    return entryTensor(
      name,
      entry,
      await this.source.read(this.start + entry.begin, entry.end - entry.begin),
      this.refuse,
    )
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
