import type { Refuse } from './refusal'
import { JsonNumber, StrictJsonError, parseStrictJson, type StrictJson } from './strictJson'
import { elementCount, isDtype, itemSize } from './tensors'

/** One tensor of a safetensors file. The dtype is as written: unknown ones are refused only when they are read. */
export interface SafetensorsEntry {
  readonly dtype: string
  readonly shape: readonly number[]
  /** Bytes from the start of the buffer that follows the header. */
  readonly begin: number
  readonly end: number
}

export interface SafetensorsHeader {
  readonly entries: ReadonlyMap<string, SafetensorsEntry>
  readonly metadata: ReadonlyMap<string, string>
}

/** The header's length field: u64, little-endian. */
export const LENGTH_BYTES = 8
/** The limit of the reference implementation (huggingface/safetensors). */
const LARGEST_HEADER = 100_000_000
const MOST_TENSORS = 100_000
const HIGHEST_RANK = 8
const HEADER_DEPTH = 4

/** Reads the first 8 bytes and returns the length of the header that follows them. */
export function headerLength(start: Uint8Array, fileSize: number, refuse: Refuse): number {
  if (start.length < LENGTH_BYTES) throw refuse(`${fileSize} bytes are too few for a safetensors file`)
  const length = new DataView(start.buffer, start.byteOffset).getBigUint64(0, true)
  if (length > BigInt(LARGEST_HEADER)) throw refuse(`its header claims ${length} bytes, the limit is ${LARGEST_HEADER}`)
  if (LENGTH_BYTES + Number(length) > fileSize)
    throw refuse(`its header claims ${length} bytes, the file has ${fileSize}: it is truncated or not safetensors`)
  return Number(length)
}

/**
 * Parses and checks the JSON header: names once, shapes of plain integers, and byte ranges that fit their shapes and
 * fill the buffer without hole or overlap, so that no reader can be led outside.
 * @param bufferSize bytes after the header
 */
export function parseHeader(bytes: Uint8Array, bufferSize: number, refuse: Refuse): SafetensorsHeader {
  const root = parseRoot(bytes, refuse)
  if (root.size > MOST_TENSORS + 1) throw refuse(`it names ${root.size} tensors, the limit is ${MOST_TENSORS}`)
  const entries = new Map<string, SafetensorsEntry>()
  for (const [name, value] of root)
    if (name !== '__metadata__') entries.set(name, parseEntry(name, value, bufferSize, refuse))
  assertCovers([...entries], bufferSize, refuse)
  return { entries, metadata: parseMetadata(root.get('__metadata__'), refuse) }
}

function parseRoot(bytes: Uint8Array, refuse: Refuse): Map<string, StrictJson> {
  if (bytes[0] !== 0x7b) throw refuse('its header does not start with "{"')
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    const root = parseStrictJson(text, { depth: HEADER_DEPTH })
    if (root instanceof Map) return root
    throw refuse('its header is not an object')
  } catch (cause) {
    if (cause instanceof StrictJsonError) throw refuse(`its header is not valid JSON (${cause.message})`, { cause })
    if (cause instanceof TypeError) throw refuse('its header is not valid UTF-8', { cause })
    throw cause
  }
}

function parseEntry(name: string, value: StrictJson, bufferSize: number, refuse: Refuse): SafetensorsEntry {
  const place = `tensor ${JSON.stringify(name)}`
  const { dtype, shape, offsets } = entryFields(value) ?? {}
  if (typeof dtype !== 'string' || !shape || !offsets)
    throw refuse(`${place} does not have exactly a dtype, a shape and data_offsets`)
  const sizes = shape.map(naturalNumber)
  if (sizes.length > HIGHEST_RANK || !allDefined(sizes)) throw refuse(`${place} has an invalid shape`)
  const [begin, end, ...others] = offsets.map(naturalNumber)
  if (begin === undefined || end === undefined || others.length > 0) throw refuse(`${place} has invalid data_offsets`)
  if (begin > end || end > bufferSize)
    throw refuse(`${place} lies at ${begin} … ${end}, outside the ${bufferSize} bytes of data`)
  assertSizeFits(place, dtype, sizes, end - begin, refuse)
  return { dtype, shape: sizes, begin, end }
}

function entryFields(value: StrictJson): { dtype: StrictJson; shape: StrictJson[]; offsets: StrictJson[] } | undefined {
  if (!(value instanceof Map) || value.size !== 3) return undefined
  const [dtype, shape, offsets] = [value.get('dtype'), value.get('shape'), value.get('data_offsets')]
  if (dtype === undefined || !Array.isArray(shape) || !Array.isArray(offsets)) return undefined
  return { dtype, shape, offsets }
}

function assertSizeFits(place: string, dtype: string, shape: readonly number[], bytes: number, refuse: Refuse): void {
  const count = elementCount(shape)
  if (count === undefined) throw refuse(`${place} has the impossible shape [${shape.join(', ')}]`)
  if (isDtype(dtype) && count * itemSize(dtype) !== bytes)
    throw refuse(`${place} has ${bytes} bytes, ${dtype} [${shape.join(', ')}] needs ${count * itemSize(dtype)}`)
}

/** A JSON integer without sign, fraction or exponent; undefined for anything else. */
function naturalNumber(value: StrictJson): number | undefined {
  if (!(value instanceof JsonNumber) || !/^\d+$/.test(value.literal)) return undefined
  const number = Number(value.literal)
  return Number.isSafeInteger(number) ? number : undefined
}

function allDefined(values: (number | undefined)[]): values is number[] {
  return values.every(value => value !== undefined)
}

function assertCovers(entries: [string, SafetensorsEntry][], bufferSize: number, refuse: Refuse): void {
  let reached = 0
  for (const [name, { begin, end }] of entries.sort(([, a], [, b]) => a.begin - b.begin || a.end - b.end)) {
    if (begin !== reached)
      throw refuse(`tensor ${JSON.stringify(name)} starts at byte ${begin} where ${reached} was expected`)
    reached = end
  }
  if (reached !== bufferSize) throw refuse(`${bufferSize - reached} bytes follow the last tensor`)
}

function parseMetadata(value: StrictJson | undefined, refuse: Refuse): Map<string, string> {
  const metadata = new Map<string, string>()
  if (value === undefined) return metadata
  if (!(value instanceof Map)) throw refuse('its metadata is not an object')
  for (const [name, text] of value) {
    if (typeof text !== 'string') throw refuse(`its metadata ${JSON.stringify(name)} is not a string`)
    metadata.set(name, text)
  }
  return metadata
}
