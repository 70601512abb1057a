import type { SkippedFile } from '../../../shared/contract/import'
import { WorkbenchError } from '../../../shared/errors'
import { VOID } from '../../../shared/raster/palette'
import { defineFormat } from '../importing/defineFormat'
import type { DatasetDraft, DraftPhoto, DrawnMask, ImportSource } from '../importing/defineFormat'
import { wantedPhotos } from '../importing/given'
import { theOne } from '../importing/labels/labelEntries'
import { listPhotos, PhotoIndex } from '../importing/photoFiles'
import { valueNames } from '../importing/valueNames'
import { annotationFile, cocoFilesAt, imageFolder, splitOf } from './cocoPlaces'
import { drawAnnotations } from './drawAnnotations'
import type { CocoImage } from './cocoSchema'
import { readCoco, type CocoFile } from './readCoco'

export default defineFormat({
  id: 'coco',
  title: 'COCO instances (JSON)',
  detect: async path => (await cocoFilesAt(path, 'instances')).length > 0,
  read: readDataset,
})

async function readDataset(source: ImportSource, signal?: AbortSignal): Promise<DatasetDraft> {
  const path = await annotationFile(source, 'instances')
  const file = await readCoco(path, signal)
  const photos = await listPhotos(source.images ?? (await imageFolder(path)), source.masks)
  const index = new PhotoIndex(photos)
  const wanted = await wantedPhotos(source.split, photos, index)
  const splits = new Map(wanted.photos.map(({ photo, split }) => [photo, split ?? splitOf(path)]))
  const names = valueNames([...file.categories.values()], source.classes, path)
  const skipped: SkippedFile[] = [...wanted.skipped]
  const drafts: DraftPhoto[] = []
  for (const image of file.images) {
    const photo = theOne(index.find(image.file_name), image.file_name)
    if (typeof photo === 'string') skipped.push({ what: 'photo', file: image.file_name, reason: photo })
    else if (splits.has(photo))
      drafts.push({
        path: photo.path,
        stem: photo.stem,
        split: splits.get(photo)!,
        labels: labelsOf(file, image),
        ...(file.counts.masks === 0 ? {} : { mask: maskOf(file, image, names, source) }),
      })
  }
  const unlisted = photos.length - new Set(drafts.map(draft => draft.path)).size
  return {
    photos: drafts,
    classes: [...new Set(file.categories.values())],
    maskNames: names,
    skipped,
    notes: [...wanted.notes, ...notesOf(file, source, source.split === undefined ? unlisted : 0)],
  }
}

function labelsOf(file: CocoFile, image: CocoImage): DraftPhoto['labels'] {
  const categories = file.annotationsOf(image).map(({ category }) => categoryName(file, category))
  return { present: [...new Set(categories)], unknown: [] }
}

function categoryName({ categories, path }: CocoFile, id: string | number): string {
  const name = categories.get(id)
  if (name !== undefined) return name
  throw new WorkbenchError(
    'BAD_INPUT',
    `${path}: an annotation is of category ${id}, which "categories" does not list.`,
  )
}

/** Values of the map are places in `names` + 1; what is not among them is void. */
function maskOf(file: CocoFile, image: CocoImage, names: readonly string[], { crowd }: ImportSource): DrawnMask {
  const { width, height } = image
  return {
    name: `the annotations of ${image.file_name}`,
    size: width === undefined || height === undefined ? null : { width, height },
    draw: size => {
      const labelled = file.annotationsOf(image).map(annotation => {
        const place = names.indexOf(categoryName(file, annotation.category))
        const isVoid = place < 0 || (annotation.crowd && crowd === 'void')
        return { ...annotation, label: isVoid ? VOID : place + 1 }
      })
      return drawAnnotations(file.path, labelled, size)
    },
  }
}

function notesOf({ counts }: CocoFile, { crowd }: ImportSource, unlisted: number): readonly string[] {
  const { annotations, masks, crowds, thin } = counts
  const boxes = annotations - masks
  const notes: readonly (readonly [boolean, string])[] = [
    [masks === 0, 'No annotation has a mask: only labels are imported.'],
    [masks > 0 && boxes > 0, `${boxes} annotations have a box and no mask: their boxes are void.`],
    [crowds > 0, `${crowds} crowds are ${crowd === 'void' ? 'void in the masks' : 'of their class in the masks'}.`],
    [thin > 0, `${thin} annotations have polygons of less than three points, which enclose nothing.`],
    [masks > 0, 'Where annotations overlap, the smaller one is seen.'],
    [unlisted > 0, `${unlisted} photos in the folder are not in the file: left out.`],
  ]
  return notes.filter(([holds]) => holds).map(([, note]) => note)
}
