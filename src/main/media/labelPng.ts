import { readFile } from 'node:fs/promises'
import { WorkbenchError } from '../../shared/errors'
import { vocPalette } from '../../shared/raster/palette'
import { describeSize, type Size } from '../../shared/raster/size'
import { decodePng, type DecodedPng } from './decodePng'
import { encodeIndexedPng } from './indexedPng'
import { checkPhotoSize } from './photoLimits'
import { isPng, readPngHeader } from './pngChunks'

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
  if (!isPng(bytes))
    throw new WorkbenchError(
      'FILE_UNREADABLE',
      `Mask ${name} is no PNG: label maps are PNG files, indexed, grey or in VOC's colours.`,
    )
  const header = readable(name, () => readPngHeader(bytes))
  checkPhotoSize(name, header) // before anything is unpacked
  const png = readable(name, () => decodePng(bytes))
  const { width, height } = png
  return { labels: labelsOf(png, name, labelOf), width, height }
}

function readable<Value>(name: string, read: () => Value): Value {
  try {
    return read()
  } catch (cause) {
    throw unreadableMask(name, cause)
  }
}

function labelsOf(png: DecodedPng, name: string, labelOf: ColourLabels): Uint8Array {
  if (png.channels >= 3) return labelsOfColours(png, name, labelOf)
  if (png.data instanceof Uint8Array && png.channels === 1) return png.data
  return labelsOfWideGrey(png, name)
}

/** Grey of 16 bits or with alpha. */
function labelsOfWideGrey({ data, width, channels }: DecodedPng, name: string): Uint8Array {
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
  { data, width, channels, depth }: DecodedPng,
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
