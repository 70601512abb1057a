import { ByteReader } from '../bytes/byteReader'
import { ByteWriter } from '../bytes/byteWriter'
import { crc32 } from '../bytes/crc32'
import { WorkbenchError } from '../errors'
import { describeSize, type Size } from './size'
import { tileCount, tileRectangle, type LabelArray } from './labelTiles'

/**
 * What one operation changed in a label map, as the bytes that history keeps, the journal stores and a window sends.
 *
 * Layout: `MWLD`, version (1), bytes a label (1 or 2), width, height, name (length, then ASCII), tiles; then each tile:
 * index, bytes of its runs, runs; then the CRC-32 of all before it. A run is: pixels left as they were since the last
 * run, its length, label before, label after; pixels are counted along the rows of the tile. All numbers are LEB128.
 */
export interface LabelDelta {
  readonly bytes: Uint8Array
  /** Which operation it was: a tool's or an operation's id. */
  readonly name: string
  readonly size: Size
  readonly labelBytes: 1 | 2
  readonly tiles: readonly DeltaTile[]
}

/** Where in a delta's bytes a tile's runs are. */
export interface DeltaTile {
  readonly index: number
  readonly start: number
  readonly end: number
}

/** A tile that an operation touched, with its labels as they were: `[rows, columns]` of the tile. */
export interface TouchedTile {
  readonly index: number
  readonly before: LabelArray
  /** Rows of the tile that were touched, from and up to. */
  readonly top: number
  readonly bottom: number
}

const MAGIC = [0x4d, 0x57, 0x4c, 0x44] // MWLD
const VERSION = 1
const LONGEST_NAME = 64

/** The change from the touched tiles' labels to those of `labels` now; undefined where nothing changed. */
export function encodeDelta(
  name: string,
  labels: LabelArray,
  size: Size,
  touched: Iterable<TouchedTile>,
): LabelDelta | undefined {
  const parts: { readonly index: number; readonly runs: Uint8Array }[] = []
  for (const tile of touched) {
    const runs = tileRuns(labels, size, tile)
    if (runs.length > 0) parts.push({ index: tile.index, runs })
  }
  if (parts.length === 0) return undefined
  parts.sort((a, b) => a.index - b.index)
  const writer = new ByteWriter(parts.reduce((sum, { runs }) => sum + runs.length + 8, 64 + name.length))
  for (const byte of [...MAGIC, VERSION, labels.BYTES_PER_ELEMENT]) writer.byte(byte)
  for (const number of [size.width, size.height, name.length]) writer.varint(number)
  for (let i = 0; i < name.length; i++) writer.byte(name.charCodeAt(i))
  writer.varint(parts.length)
  const tiles: DeltaTile[] = []
  for (const { index, runs } of parts) {
    writer.varint(index)
    writer.varint(runs.length)
    tiles.push({ index, start: writer.length, end: writer.length + runs.length })
    writer.append(runs)
  }
  const body = writer.finish()
  writer.uint32(crc32(body))
  return { bytes: writer.finish(), name, size, labelBytes: labels.BYTES_PER_ELEMENT as 1 | 2, tiles }
}

/** The runs of one tile; nothing where its labels are as before. */
function tileRuns(labels: LabelArray, size: Size, { index, before, top, bottom }: TouchedTile): Uint8Array {
  const { x0, y0, x1 } = tileRectangle(index, size)
  const columns = x1 - x0
  const writer = new ByteWriter()
  let written = 0
  let start = -1
  let [from, to] = [0, 0]
  const close = (end: number) => {
    if (start < 0) return
    for (const number of [start - written, end - start, from, to]) writer.varint(number)
    written = end
    start = -1
  }
  for (let row = top; row < bottom; row++) {
    const line = (y0 + row) * size.width + x0 - row * columns
    for (let at = row * columns; at < (row + 1) * columns; at++) {
      const old = before[at]!
      const now = labels[line + at]!
      if (start >= 0 && old === from && now === to) continue
      close(at)
      if (old !== now) [start, from, to] = [at, old, now]
    }
  }
  close(bottom * columns)
  return writer.finish()
}

/**
 * Reads a delta that came from a file or the wire and checks all of it, so that applying it cannot fail halfway.
 * @param name what error sentences call it, such as `stroke 12`
 * @throws FILE_UNREADABLE where a byte is wrong; UNSUPPORTED for a version of the future
 */
export function decodeDelta(bytes: Uint8Array, name: string): LabelDelta {
  const reader = new ByteReader(bytes, name, 0, Math.max(0, bytes.length - 4))
  if (MAGIC.some(byte => reader.byte() !== byte)) throw reader.damaged('does not begin as a stroke does')
  const version = reader.byte()
  if (version !== VERSION)
    throw new WorkbenchError('UNSUPPORTED', `${name} is of version ${version}; this program reads version ${VERSION}.`)
  if (new ByteReader(bytes, name, reader.end).uint32() !== crc32(bytes.subarray(0, reader.end)))
    throw reader.damaged('does not have the checksum it was stored with')
  const labelBytes = reader.byte()
  if (labelBytes !== 1 && labelBytes !== 2) throw reader.damaged(`says ${labelBytes} bytes a label`)
  const size = { width: reader.varint(), height: reader.varint() }
  const nameLength = reader.varint()
  if (nameLength > LONGEST_NAME) throw reader.damaged(`names its operation in ${nameLength} letters`)
  const operation = String.fromCharCode(...Array.from({ length: nameLength }, () => reader.byte()))
  const tiles = Array.from({ length: checkedCount(reader, tileCount(size)) }, () => readTile(reader, size))
  if (!reader.atEnd) throw reader.damaged('goes on after its last tile')
  const delta: LabelDelta = { bytes, name: operation, size, labelBytes, tiles }
  forEachDeltaRun(delta, () => undefined, name)
  return delta
}

function checkedCount(reader: ByteReader, most: number): number {
  const count = reader.varint()
  if (count === 0 || count > most) throw reader.damaged(`says it changes ${count} of ${most} tiles`)
  return count
}

function readTile(reader: ByteReader, size: Size): DeltaTile {
  const index = reader.varint()
  const length = reader.varint()
  const start = reader.position
  if (index >= tileCount(size)) throw reader.damaged(`changes tile ${index} of ${describeSize(size)} pixels`)
  if (start + length > reader.end) throw reader.damaged(`ends in the middle of tile ${index}`)
  reader.position = start + length
  return { index, start, end: start + length }
}

/** A run of pixels of one row of the label map: from `start` up to `end`, places in `[height * width]`. */
type VisitRun = (start: number, end: number, before: number, after: number, tile: number) => void

/** Calls `visit` with every changed run, cut at the ends of rows. @throws FILE_UNREADABLE where a run leaves its tile */
export function forEachDeltaRun({ bytes, size, tiles }: LabelDelta, visit: VisitRun, name = 'the stroke'): void {
  for (const { index, start, end } of tiles) {
    const { x0, y0, x1, y1 } = tileRectangle(index, size)
    const columns = x1 - x0
    const pixels = columns * (y1 - y0)
    const reader = new ByteReader(bytes, name, start, end)
    for (let at = 0; !reader.atEnd;) {
      at += reader.varint()
      const stop = at + reader.varint()
      const before = reader.varint()
      const after = reader.varint()
      if (stop <= at || stop > pixels) throw reader.damaged(`leaves tile ${index} at its pixel ${stop}`)
      while (at < stop) {
        const row = Math.floor(at / columns)
        const rowEnd = Math.min(stop, (row + 1) * columns)
        const line = (y0 + row) * size.width + x0 - row * columns
        visit(line + at, line + rowEnd, before, after, index)
        at = rowEnd
      }
    }
  }
}
