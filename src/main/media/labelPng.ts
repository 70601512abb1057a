import { readFile } from 'node:fs/promises'
import { decode, type DecodedPng } from 'fast-png'
import { WorkbenchError } from '../../shared/errors'
import { vocPalette } from '../../shared/raster/palette'
import { describeSize, type Size } from '../../shared/raster/size'
import { decodePlainPng, type PlainPng } from './decodePlainPng'
import { encodeIndexedPng } from './indexedPng'
import { checkPhotoSize } from './photoLimits'

/** One label a pixel. */
export interface LabelMap extends Size {
  /** `[height, width]`: 0 background, 1 … C, 255 void. */
  readonly labels: Uint8Array
}

const palette = vocPalette()

/** Labels by colour: red × 65536 + green × 256 + blue. */
export type ColourLabels = ReadonlyMap<number, number>
const vocColours: ColourLabels = new Map(
  Array.from({ length: 256 }, (_, label) => {
    const [red, green, blue] = palette.subarray(label * 3, label * 3 + 3)
    return [(red! << 16) | (green! << 8) | blue!, label] as const
  }),
)

/** An indexed PNG (colour type 3) with VOC's palette: the value of a pixel is its label, and viewers show colours. */
export function encodeLabelPng(map: LabelMap): Uint8Array {
  const { labels, width, height } = map
  if (labels.length !== width * height)
    throw new WorkbenchError('SHAPE_MISMATCH', `${labels.length} labels are no map of ${describeSize(map)}`)
  return encodeIndexedPng(map, labels, palette)
}

/** Reads a label map's PNG file: see `decodeLabelPng`. */
export async function readLabelPng(path: string): Promise<LabelMap> {
  let bytes: Uint8Array
  try {
    bytes = await readFile(path)
  } catch (cause) {
    throw unreadableMask(path, cause)
  }
  return decodeLabelPng(bytes, path)
}

/**
 * Labels of a PNG as the tools of the field write them: indexed (raw indices, whatever the palette), grey of 1 … 16
 * bits, or RGB in VOC's colours. An alpha channel is ignored.
 *
 * @param name    what error sentences call it
 * @param labelOf what colours mean, where they are not VOC's
 */
export function decodeLabelPng(bytes: Uint8Array, name: string, labelOf: ColourLabels = vocColours): LabelMap {
  checkHeader(bytes, name)
  let png: PlainPng | DecodedPng
  try {
    png = decodePlainPng(bytes) ?? decode(bytes, { checkCrc: true })
  } catch (cause) {
    throw unreadableMask(name, cause)
  }
  const { width, height } = png
  return { labels: labelsOf(png, name, labelOf), width, height }
}

/** The size stands in bytes 16 … 23 of every PNG: checked before anything is unpacked. */
function checkHeader(bytes: Uint8Array, name: string): void {
  const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
  if (bytes.length < 24 || signature.some((byte, i) => bytes[i] !== byte))
    throw new WorkbenchError(
      'FILE_UNREADABLE',
      `Mask ${name} is no PNG: label maps are PNG files, indexed, grey or in VOC's colours.`,
    )
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  checkPhotoSize(name, { width: view.getUint32(16), height: view.getUint32(20) })
}

function labelsOf(png: PlainPng | DecodedPng, name: string, labelOf: ColourLabels): Uint8Array {
  if (png.channels >= 3) return labelsOfColours(png, name, labelOf)
  if (png.depth < 8) return unpackBits(png)
  if (png.depth === 8 && png.channels === 1) return new Uint8Array(png.data)
  return labelsOfWideGrey(png, name)
}

/** Pixels of 1, 2 or 4 bits, high bits first, each row starting on a byte. */
function unpackBits({ data, width, height, depth }: PlainPng | DecodedPng): Uint8Array {
  const labels = new Uint8Array(width * height)
  const rowBytes = Math.ceil((width * depth) / 8)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const bit = x * depth
      const byte = data[y * rowBytes + (bit >> 3)]!
      labels[y * width + x] = (byte >> (8 - depth - (bit & 7))) & ((1 << depth) - 1)
    }
  return labels
}

/** Grey of 16 bits or with alpha. */
function labelsOfWideGrey({ data, width, channels }: PlainPng | DecodedPng, name: string): Uint8Array {
  const labels = new Uint8Array(data.length / channels)
  for (let i = 0; i < labels.length; i++) {
    const value = data[i * channels]!
    if (value > 255)
      throw new WorkbenchError(
        'BAD_INPUT',
        `Mask ${name} has the value ${value} at (${i % width}, ${Math.floor(i / width)}): labels are 0 … 255.`,
      )
    labels[i] = value
  }
  return labels
}

/** RGB of 8 or 16 bits, of the latter the high byte. */
function labelsOfColours(
  { data, width, channels, depth }: PlainPng | DecodedPng,
  name: string,
  labelOf: ColourLabels,
): Uint8Array {
  const shift = depth === 16 ? 8 : 0
  const labels = new Uint8Array(data.length / channels)
  for (let i = 0, at = 0; i < labels.length; i++, at += channels) {
    const colour = ((data[at]! >> shift) << 16) | ((data[at + 1]! >> shift) << 8) | (data[at + 2]! >> shift)
    const label = labelOf.get(colour)
    if (label === undefined)
      throw new WorkbenchError(
        'BAD_INPUT',
        `Mask ${name} has the colour #${colour.toString(16).padStart(6, '0')} at (${i % width}, ${Math.floor(i / width)}), ` +
          (labelOf === vocColours
            ? 'which is none of VOC’s: lay a labelmap.txt with the colours beside it, or save it as an indexed or grey PNG whose values are the labels.'
            : 'which is none of the label map’s: add it there with its class.'),
      )
    labels[i] = label
  }
  return labels
}

function unreadableMask(name: string, cause: unknown): WorkbenchError {
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new WorkbenchError('FILE_UNREADABLE', `Mask ${name} cannot be read (${reason}): replace the file.`, { cause })
}
