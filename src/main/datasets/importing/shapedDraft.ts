import type { SkippedFile } from '../../../shared/contract/import'
import type { Size } from '../../../shared/raster/size'
import { drawShapes, type Shape } from '../../annotations/shape'
import type { DatasetDraft, DraftPhoto, ImportSource } from './defineFormat'
import { wantedPhotos } from './given'
import { theOne } from './labels/labelEntries'
import { listPhotos, PhotoIndex } from './photoFiles'
import { DEFAULT_SPLIT } from './splits'
import { valueNames } from './valueNames'

/** A photo as a file of annotations describes it. */
export interface ShapedImage {
  /** What the file calls it: a path or a name. */
  readonly name: string
  /** The size that the shapes are drawn for; null where they know none. */
  readonly size: Size | null
  /** Later ones lie over earlier ones. */
  readonly shapes: readonly Shape[]
  readonly split?: string
  /** What the file says of it, to be given back. */
  readonly annotation?: () => Promise<string>
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
        ...(image.annotation === undefined ? {} : { annotation: image.annotation }),
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
