import { WorkbenchError } from '../../../shared/errors'
import type { ImportedTruth } from '../../../shared/contract/import'
import { encodeLabelPng, readLabelPng, type LabelMap } from '../../media/labelPng'
import type { DrawnMask } from './defineFormat'
import { VOID } from '../../../shared/raster/palette'
import { countValues, relabel } from './maskLookup'
import type { MaskLookup } from './maskLookup'
import type { InspectedPhoto } from './inspectPhoto'
import type { StagedBlobs } from './stagedBlobs'

export interface ImportedMask {
  readonly truth: ImportedTruth
  /** Pixels of each value in the source, `[256]`. */
  readonly counts: Uint32Array
}

/** Stores a ground truth in the project's values. @throws what a person should read about the mask */
export async function importMask(
  mask: string | DrawnMask,
  photo: InspectedPhoto,
  lookup: MaskLookup,
  blobs: StagedBlobs,
): Promise<ImportedMask> {
  const source = typeof mask === 'string' ? await readLabelPng(mask) : await drawn(mask, photo)
  assertSize(maskName(mask), source, photo)
  const counts = countValues(source.labels)
  const blob = await blobs.write(encodeLabelPng({ ...source, labels: relabel(source.labels, lookup) }), 'png')
  return { truth: { blob, pixels: projectPixels(counts, lookup) }, counts }
}

/** What sentences call a mask. */
export function maskName(mask: string | DrawnMask): string {
  return typeof mask === 'string' ? mask : mask.name
}

async function drawn(mask: DrawnMask, photo: InspectedPhoto): Promise<LabelMap> {
  if (mask.size !== null) assertSize(mask.name, mask.size, photo)
  return mask.draw(photo)
}

function assertSize(
  path: string,
  mask: { readonly width: number; readonly height: number },
  photo: InspectedPhoto,
): void {
  if (mask.width === photo.width && mask.height === photo.height) return
  const turned = photo.orientation > 4 && mask.width === photo.height && mask.height === photo.width
  const why = turned ? ': it was made without the turn that the photo’s EXIF orientation asks for' : ''
  throw new WorkbenchError(
    'SHAPE_MISMATCH',
    `${path} is ${mask.width}×${mask.height}, its photo ${photo.width}×${photo.height}${why}.`,
  )
}

function projectPixels(counts: Uint32Array, { values }: MaskLookup): Readonly<Record<string, number>> {
  const pixels: Record<string, number> = {}
  for (const [value, count] of counts.entries())
    if (count > 0) pixels[String(values[value])] = (pixels[String(values[value])] ?? 0) + count
  return pixels
}

/** The classes that a mask shows, by the names of its source. */
export function namesInMask(counts: Uint32Array, { names }: MaskLookup): readonly string[] {
  return names.filter(
    (name, value) => name !== undefined && value > 0 && value < VOID && counts[value]! > 0,
  ) as string[]
}
