import { WorkbenchError } from '../../shared/errors'
import { describeSize, type Size } from '../../shared/raster/size'

/** A photo of more needs over 800 MB as RGB alone: more than a workstation should lend to one file. */
const LARGEST_PIXELS = 2 ** 28
const LARGEST_SIDE = 30_000

/** What the decoder is trusted with. SVG and PDF are programs rather than photos. */
const FORMATS = ['jpeg', 'png', 'webp', 'tiff', 'gif', 'heif'] as const

/** Throws for a photo or mask that would take all memory, from its header alone: a decompression bomb is never opened. */
export function checkPhotoSize(path: string, size: Size): void {
  const side = Math.max(size.width, size.height)
  const pixels = size.width * size.height
  if (side <= LARGEST_SIDE && pixels <= LARGEST_PIXELS) return
  const limit =
    side > LARGEST_SIDE
      ? `a side may have ${LARGEST_SIDE} pixels`
      : `${Math.round(pixels / 1e6)} megapixels are more than the ${Math.round(LARGEST_PIXELS / 1e6)} allowed`
  throw new WorkbenchError(
    'UNSUPPORTED',
    `${path} is ${describeSize(size)}: ${limit}. Cut it into tiles or shrink it, then import it again.`,
  )
}

export function checkPhotoFormat(path: string, format: string): void {
  if ((FORMATS as readonly string[]).includes(format)) return
  throw new WorkbenchError(
    'UNSUPPORTED',
    `${path} is of the format "${format}": save it as JPEG, PNG, WebP, TIFF, GIF or HEIF.`,
  )
}
