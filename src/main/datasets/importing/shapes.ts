import type { SkippedFile } from '../../../shared/contract/import'
import { VOID } from '../../../shared/raster/palette'
import { filterRegion, forEachRun, type Region } from '../../../shared/raster/region'
import { regionOfMask } from '../../../shared/raster/regionMask'
import { describeSize, type Size } from '../../../shared/raster/size'
import { WorkbenchError } from '../../../shared/errors'
import type { LabelMap } from '../../media/labelPng'
import type { DatasetDraft, DraftPhoto, ImportSource } from './defineFormat'
import { wantedPhotos } from './given'
import { theOne } from './labels/labelEntries'
import { listPhotos, PhotoIndex } from './photoFiles'
import { DEFAULT_SPLIT } from './splits'
import { valueNames } from './valueNames'

/** No class is called so: what lies below such a shape is background. */
export const BACKGROUND = Symbol('background')

/** Some pixels of a photo and what they are. */
export interface Shape {
  /** A class; null: nobody knows, or nobody should be scored on it; `BACKGROUND`: nothing is there. */
  readonly name: string | null | typeof BACKGROUND
  /** The class is somewhere in there, and nobody knows where: a box without an outline. Its pixels are void. */
  readonly vague?: boolean
  /** Its pixels in a photo of this size. @throws what is wrong with it */
  readonly region: (size: Size) => Region
}

/** A photo as a file of annotations describes it. */
export interface ShapedImage {
  /** What the file calls it: a path or a name. */
  readonly name: string
  /** The size that the shapes are drawn for; null where they know none. */
  readonly size: Size | null
  /** Later ones lie over earlier ones. */
  readonly shapes: readonly Shape[]
  readonly split?: string
}

interface ShapedDataset {
  readonly source: ImportSource
  /** What sentences call the file. */
  readonly path: string
  readonly imageFolder: string
  readonly images: readonly ShapedImage[]
  /** Classes in the source's own order; those that only shapes name follow. */
  readonly classes?: readonly string[]
  readonly skipped?: readonly SkippedFile[]
  readonly notes?: readonly string[]
}

/** Joins annotated images with the photos that they are of. */
export async function shapedDraft(dataset: ShapedDataset, signal?: AbortSignal): Promise<DatasetDraft> {
  const { source, path, images } = dataset
  const photos = await listPhotos(dataset.imageFolder, source.masks)
  signal?.throwIfAborted()
  const index = new PhotoIndex(photos)
  const wanted = await wantedPhotos(source.split, photos, index)
  const splits = new Map(wanted.photos.map(({ photo, split }) => [photo, split]))
  const classes = [...new Set([...(dataset.classes ?? []), ...images.flatMap(({ shapes }) => namesOf(shapes))])]
  const names = valueNames(classes, source.classes, path)
  const skipped: SkippedFile[] = [...(dataset.skipped ?? []), ...wanted.skipped]
  const drafts = new Map<string, DraftPhoto>()
  for (const image of images) {
    const photo = theOne(index.find(image.name), image.name)
    if (typeof photo === 'string') skipped.push({ what: 'photo', file: image.name, reason: photo })
    else if (drafts.has(photo.path))
      skipped.push({ what: 'photo', file: image.name, reason: `${path} describes it twice: the first one is taken` })
    else if (splits.has(photo))
      drafts.set(photo.path, {
        path: photo.path,
        stem: photo.stem,
        split: splits.get(photo) ?? image.split ?? DEFAULT_SPLIT,
        labels: { present: namesOf(image.shapes), unknown: [] },
        mask: {
          name: `the annotations of ${image.name}`,
          size: image.size,
          draw: size => Promise.resolve(drawShapes(image.shapes, names, size)),
        },
      })
  }
  const unlisted = source.split === undefined ? photos.length - drafts.size - (dataset.skipped?.length ?? 0) : 0
  const left = unlisted <= 0 ? [] : [`${unlisted} photos in the folder are not annotated: left out.`]
  return {
    photos: [...drafts.values()],
    classes,
    maskNames: names,
    skipped,
    notes: [...wanted.notes, ...(dataset.notes ?? []), ...left],
  }
}

function namesOf(shapes: readonly Shape[]): string[] {
  return [...new Set(shapes.flatMap(({ name }) => (typeof name === 'string' ? name : [])))]
}

function valueOf(name: string | null, names: readonly string[]): number {
  const place = name === null ? -1 : names.indexOf(name)
  return place < 0 ? VOID : place + 1
}

/** Values are places in `names` + 1; a class that is not among them is void. */
export function drawShapes(shapes: readonly Shape[], names: readonly string[], size: Size): LabelMap {
  const { width, height } = size
  const labels = new Uint8Array(width * height)
  for (const { name, vague = false, region } of shapes) {
    const value = name === BACKGROUND ? 0 : vague ? VOID : valueOf(name, names)
    forEachRun(region({ width, height }), (y, x0, x1) => labels.fill(value, y * width + x0, y * width + x1))
  }
  return { labels, width, height }
}

/**
 * The pixels of a rectangular mask that lies somewhere in a photo, less what leaves it (labelme#2327).
 * @param inside told a pixel's place in the box
 */
export function boxRegion(
  box: { readonly left: number; readonly top: number } & Size,
  { width, height }: Size,
  inside: (place: number) => boolean,
): Region {
  const { left: x0, top: y0 } = box
  const mask = regionOfMask({ x0, y0, x1: x0 + box.width, y1: y0 + box.height }, inside)
  return filterRegion(mask, (x, y) => x >= 0 && y >= 0 && x < width && y < height)
}

/** Run lengths row by row, zeros first, as a test of places in the box. @throws SHAPE_MISMATCH where they cover another area */
export function rowRunsTest(counts: readonly number[], box: Size): (place: number) => boolean {
  const total = counts.reduce((sum, count) => sum + count, 0)
  if (total !== box.width * box.height)
    throw new WorkbenchError('SHAPE_MISMATCH', `its runs cover ${total} pixels, its box is ${describeSize(box)}`)
  const mask = new Uint8Array(total)
  let at = 0
  for (const [place, count] of counts.entries()) {
    if (place % 2 === 1) mask.fill(1, at, at + count)
    at += count
  }
  return place => mask[place] === 1
}
