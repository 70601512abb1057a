import { open } from 'node:fs/promises'
import { WorkbenchError } from '../../../shared/errors'

/** An element of an array that is a member of the file's one object: `annotations[7]`. */
export interface JsonElement {
  /** The member's name. */
  readonly member: string
  /** Bytes from the file's beginning. */
  readonly offset: number
  readonly length: number
  /** Parsed. */
  readonly value: unknown
}

const PIECE_BYTES = 1 << 20
/** One annotation of a large crowd takes some hundred kilobytes. */
const LONGEST_ELEMENT = 1 << 27

const [QUOTE, BACKSLASH, COMMA, COLON] = [0x22, 0x5c, 0x2c, 0x3a]
const [OBJECT, OBJECT_END, ARRAY, ARRAY_END] = [0x7b, 0x7d, 0x5b, 0x5d]
const SPACE = 0x20
const BYTE_ORDER_MARK: readonly number[] = [0xef, 0xbb, 0xbf]
/** 1 for what begins or ends something inside an element. */
const structural = Uint8Array.from({ length: 256 }, (_, byte) =>
  Number([QUOTE, OBJECT, OBJECT_END, ARRAY, ARRAY_END].includes(byte)),
)

/**
 * Reads a JSON file of any size element by element: nothing but the one at hand is held. Elements are found by counting
 * brackets outside of texts, and parsed by the engine's own parser.
 *
 * @param wanted members whose elements are parsed; all others are passed over
 * @throws FILE_UNREADABLE saying at which byte
 */
export async function forEachElement(
  path: string,
  wanted: ReadonlySet<string>,
  visit: (element: JsonElement) => void,
  signal?: AbortSignal,
): Promise<void> {
  const scanner = new ElementScanner(path, wanted, visit)
  await using file = await open(path).catch((cause: unknown) => {
    throw new WorkbenchError('FILE_UNREADABLE', `Cannot open ${path}: ${(cause as Error).message}.`, { cause })
  })
  for (;;) {
    signal?.throwIfAborted()
    const piece = Buffer.allocUnsafe(PIECE_BYTES)
    const { bytesRead } = await file.read(piece)
    if (bytesRead === 0) break
    scanner.push(piece.subarray(0, bytesRead))
  }
  scanner.end()
}

class ElementScanner {
  readonly #path: string
  readonly #wanted: ReadonlySet<string>
  readonly #visit: (element: JsonElement) => void
  /** Bytes from `#base` on that are not done with. */
  #bytes: Buffer = Buffer.alloc(0)
  #base = 0
  #depth = 0
  #inText = false
  #escaped = false
  /** Where the text began that may be a member's name; −1: none. */
  #nameStart = -1
  #member: string | undefined
  /** Where the element at hand began; −1: none. */
  #start = -1
  #expectsName = false
  /** Whether the member at hand is an array whose elements are asked for. */
  #isWanted = false
  #ended = false

  constructor(path: string, wanted: ReadonlySet<string>, visit: (element: JsonElement) => void) {
    this.#path = path
    this.#wanted = wanted
    this.#visit = visit
  }

  push(piece: Buffer): void {
    const from = this.#bytes.length
    const bytes = from === 0 ? piece : Buffer.concat([this.#bytes, piece])
    this.#bytes = bytes
    for (let at = from; at < bytes.length; at++)
      if (this.#inText) at = this.#text(at)
      else if (this.#depth > 2) at = this.#within(at)
      else if (bytes[at]! > SPACE) this.#structure(bytes[at]!, at)
    this.#forget()
  }

  end(): void {
    if (!this.#ended) throw this.#refuse(this.#base + this.#bytes.length, 'breaks off')
  }

  /** Goes on to where the text ends, or to the end of what is there. @returns that place */
  #text(from: number): number {
    for (let at = from; at < this.#bytes.length; at++) {
      const byte = this.#bytes[at]
      if (this.#escaped) this.#escaped = false
      else if (byte === BACKSLASH) this.#escaped = true
      else if (byte === QUOTE) {
        this.#inText = false
        if (this.#nameStart >= 0) this.#name(at)
        return at
      }
    }
    return this.#bytes.length
  }

  /** Inside an element only brackets and texts count: the next of them. @returns its place */
  #within(from: number): number {
    let at = from
    while (at < this.#bytes.length && structural[this.#bytes[at]!] === 0) at++
    const byte = this.#bytes[at]
    if (byte === QUOTE) this.#inText = true
    else if (byte === OBJECT || byte === ARRAY) this.#depth++
    else if (byte !== undefined) this.#depth--
    return at
  }

  #name(at: number): void {
    const text = this.#bytes.toString('utf8', this.#nameStart, at + 1)
    this.#member = String(this.#parse(text, this.#nameStart))
    this.#nameStart = -1
    this.#expectsName = false
  }

  #structure(byte: number, at: number): void {
    if (this.#ended || (this.#depth === 0 && byte !== OBJECT && !BYTE_ORDER_MARK.includes(byte)))
      throw this.#refuse(this.#base + at, 'is no JSON object')
    if (this.#depth === 2 && this.#start < 0 && byte !== COMMA && byte !== ARRAY_END && this.#isWanted) this.#start = at
    switch (byte) {
      case QUOTE:
        this.#inText = true
        if (this.#depth === 1 && this.#expectsName) this.#nameStart = at
        return
      case OBJECT:
      case ARRAY:
        this.#depth++
        if (this.#depth === 1) this.#expectsName = true
        if (this.#depth === 2) this.#isWanted = byte === ARRAY && this.#wanted.has(this.#member ?? '')
        return
      case OBJECT_END:
      case ARRAY_END:
        if (this.#depth === 2) this.#element(at)
        this.#depth--
        if (this.#depth === 0) this.#ended = true
        return
      case COMMA:
        if (this.#depth === 2) this.#element(at)
        if (this.#depth === 1) this.#expectsName = true
        return
      case COLON:
        return
    }
  }

  /** The element at hand ends before `at`. */
  #element(at: number): void {
    if (this.#start < 0) return
    const text = this.#bytes.toString('utf8', this.#start, at)
    const offset = this.#base + this.#start
    this.#visit({ member: this.#member!, offset, length: at - this.#start, value: this.#parse(text, this.#start) })
    this.#start = -1
  }

  #parse(text: string, at: number): unknown {
    try {
      return JSON.parse(text) as unknown
    } catch (cause) {
      throw this.#refuse(this.#base + at, `is no JSON (${(cause as Error).message})`)
    }
  }

  /** Keeps only what a name or an element may still need. */
  #forget(): void {
    const keep = this.#start >= 0 ? this.#start : this.#nameStart
    const from = keep >= 0 ? keep : this.#bytes.length
    this.#base += from
    this.#bytes = this.#bytes.subarray(from)
    if (this.#start >= 0) this.#start = 0
    if (this.#nameStart >= 0) this.#nameStart = 0
    if (this.#bytes.length > LONGEST_ELEMENT) throw this.#refuse(this.#base, 'holds one entry of more than 128 MB')
  }

  #refuse(at: number, what: string): WorkbenchError {
    return new WorkbenchError('FILE_UNREADABLE', `${this.#path} ${what} at byte ${at}: write it anew or copy it again.`)
  }
}
