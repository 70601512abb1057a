import { crc32 } from 'node:zlib'
import type { Size } from '../../shared/raster/size'

/** What a PNG announces (ISO/IEC 15948, 11.2.2). */
export interface PngHeader extends Size {
  /** Bits a channel: 1, 2, 4, 8 or 16. */
  readonly depth: number
  /** 1: grey or indices; 2: grey and alpha; 3: RGB; 4: RGBA. */
  readonly channels: number
  readonly interlaced: boolean
}

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
/** Of a chunk: length, name, checksum. */
const FRAME_BYTES = 12
const HEADER_BYTES = 13
/** By colour type. */
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }
const DEPTHS: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
}

export function isPng(bytes: Uint8Array): boolean {
  return SIGNATURE.every((byte, i) => bytes[i] === byte)
}

/**
 * The header, which is the first chunk and the only one of its name: no later one can announce another size.
 *
 * @param bytes with the signature checked
 * @throws an error that says what is wrong with it
 */
export function readPngHeader(bytes: Uint8Array): PngHeader {
  const view = viewOf(bytes)
  const start = SIGNATURE.length + 8
  if (bytes.length < start + HEADER_BYTES) throw new Error(`it breaks off at byte ${bytes.length}`)
  if (nameAt(bytes, SIGNATURE.length) !== 'IHDR' || view.getUint32(SIGNATURE.length) !== HEADER_BYTES)
    throw new Error('it does not begin with its header')
  const [width, height] = [view.getUint32(start), view.getUint32(start + 4)]
  const [depth, colour, compression, filter, interlace] = bytes.subarray(start + 8) as unknown as FiveNumbers
  if (width === 0 || height === 0) throw new Error(`its header says ${width}×${height} pixels`)
  if (DEPTHS[colour]?.includes(depth) !== true)
    throw new Error(`its header says ${depth} bits of the colour type ${colour}, which is no PNG's`)
  if (compression !== 0 || filter !== 0 || interlace > 1)
    throw new Error(`its header says the methods ${compression}, ${filter} and ${interlace}, which are no PNG's`)
  return { width, height, depth, channels: CHANNELS[colour]!, interlaced: interlace === 1 }
}

type FiveNumbers = [number, number, number, number, number]

/** The compressed pixels. @throws where a chunk is cut off or damaged, or there is a second header */
export function readPngPixels(bytes: Uint8Array): Uint8Array {
  const view = viewOf(bytes)
  const parts: Uint8Array[] = []
  for (let at = SIGNATURE.length; ;) {
    if (at + FRAME_BYTES > bytes.length) throw new Error(`it breaks off at byte ${bytes.length}`)
    const end = at + 8 + view.getUint32(at)
    if (end + 4 > bytes.length) throw new Error(`it breaks off at byte ${bytes.length}`)
    const name = nameAt(bytes, at)
    if (crc32(bytes.subarray(at + 4, end)) !== view.getUint32(end)) throw new Error(`its chunk ${name} is damaged`)
    if (name === 'IHDR' && at > SIGNATURE.length) throw new Error(`it has a second header at byte ${at}`)
    if (name === 'IDAT') parts.push(bytes.subarray(at + 8, end))
    if (name === 'IEND') break
    at = end + 4
  }
  return parts.length === 1 ? parts[0]! : Buffer.concat(parts)
}

/** Of the chunk that begins at byte `at`. */
function nameAt(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at + 4, at + 8))
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
