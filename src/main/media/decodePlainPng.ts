import { crc32, inflateSync } from 'node:zlib'
import type { Size } from '../../shared/raster/size'

/** Pixels of 8 bits a channel. */
export interface PlainPng extends Size {
  /** 1: grey or indices; 2: grey and alpha; 3: RGB; 4: RGBA. */
  readonly channels: number
  readonly depth: 8
  /** `[height, width, channels]` */
  readonly data: Uint8Array
}

interface Chunks {
  readonly header: DataView
  /** The compressed rows. */
  readonly pixels: Uint8Array
}

const SIGNATURE_BYTES = 8
/** Of a chunk: length, name, checksum. */
const FRAME_BYTES = 12
const HEADER_BYTES = 13
/** By colour type (ISO/IEC 15948, 11.2.2). */
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }

/**
 * Decodes a PNG of 8 bits a channel whose rows follow each other, as nearly all masks are: zlib takes a quarter of the
 * time of fast-png, whose inflate is JavaScript. No more than the header announces is unpacked.
 *
 * @param bytes with the signature checked
 * @returns undefined for other depths and interlaced files
 * @throws an error that says what is wrong with the file
 */
export function decodePlainPng(bytes: Uint8Array): PlainPng | undefined {
  const { header, pixels } = chunksOf(bytes)
  const [width, height] = [header.getUint32(0), header.getUint32(4)]
  const channels = CHANNELS[header.getUint8(9)]
  if (header.getUint8(8) !== 8 || header.getUint8(12) !== 0 || channels === undefined) return undefined
  const rowBytes = width * channels
  const rows = inflateSync(pixels, { maxOutputLength: Math.max(1, (rowBytes + 1) * height) })
  if (rows.length !== (rowBytes + 1) * height) throw new Error(`it breaks off after ${rows.length} bytes of pixels`)
  return { width, height, channels, depth: 8, data: unfiltered(rows, rowBytes, height, channels) }
}

/** @throws where a chunk is cut off or damaged */
function chunksOf(bytes: Uint8Array): Chunks {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const parts: Uint8Array[] = []
  let header: DataView | undefined
  for (let at = SIGNATURE_BYTES; ;) {
    if (at + FRAME_BYTES > bytes.length) throw new Error(`it breaks off at byte ${bytes.length}`)
    const end = at + 8 + view.getUint32(at)
    if (end + 4 > bytes.length) throw new Error(`it breaks off at byte ${bytes.length}`)
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8))
    if (crc32(bytes.subarray(at + 4, end)) !== view.getUint32(end)) throw new Error(`its chunk ${name} is damaged`)
    if (name === 'IHDR' && end - at - 8 === HEADER_BYTES) header = new DataView(view.buffer, view.byteOffset + at + 8)
    if (name === 'IDAT') parts.push(bytes.subarray(at + 8, end))
    if (name === 'IEND') break
    at = end + 4
  }
  if (header === undefined) throw new Error('it has no header')
  return { header, pixels: parts.length === 1 ? parts[0]! : Buffer.concat(parts) }
}

/**
 * Takes the rows' filters back (ISO/IEC 15948, 9.2). @param rows each behind the byte that names its filter
 * @returns `[height, rowBytes]`
 */
function unfiltered(rows: Uint8Array, rowBytes: number, height: number, channels: number): Uint8Array {
  const data = new Uint8Array(rowBytes * height)
  for (let y = 0; y < height; y++) {
    const from = y * (rowBytes + 1)
    const filter = rows[from]!
    const line = y * rowBytes
    data.set(rows.subarray(from + 1, from + 1 + rowBytes), line)
    if (filter > 0) takeBack(filter, data, line, rowBytes, channels)
  }
  return data
}

/** @param line where the row begins that still holds differences */
function takeBack(filter: number, data: Uint8Array, line: number, rowBytes: number, channels: number): void {
  if (filter > 4) throw new Error(`it has a row of the filter ${filter}`)
  for (let i = 0; i < rowBytes; i++) {
    const left = i < channels ? 0 : data[line + i - channels]!
    const up = line === 0 ? 0 : data[line + i - rowBytes]!
    const corner = line === 0 || i < channels ? 0 : data[line + i - rowBytes - channels]!
    data[line + i]! += predicted(filter, left, up, corner)
  }
}

/** 1: left; 2: up; 3: their mean; 4: Paeth's choice of the three. */
function predicted(filter: number, left: number, up: number, corner: number): number {
  if (filter === 1) return left
  if (filter === 2) return up
  if (filter === 3) return (left + up) >> 1
  const estimate = left + up - corner
  const [toLeft, toUp, toCorner] = [Math.abs(estimate - left), Math.abs(estimate - up), Math.abs(estimate - corner)]
  if (toLeft <= toUp && toLeft <= toCorner) return left
  return toUp <= toCorner ? up : corner
}
