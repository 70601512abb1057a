import { VOID } from '../../../shared/raster/palette'
import { defineFormat } from '../importing/defineFormat'
import type { DatasetDraft, DraftPhoto, DrawnMask, ImportSource } from '../importing/defineFormat'
import { valueNames } from '../importing/valueNames'
import { categoryName, cocoPhotos } from './cocoPhotos'
import { annotationFile, cocoFilesAt } from './cocoPlaces'
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
  const { found, listed, skipped, notes } = await cocoPhotos(path, file.images, source)
  const names = valueNames([...file.categories.values()], source.classes, path)
  const drafts: DraftPhoto[] = []
  for (const { image, photo, split } of found)
    if (split !== undefined)
      drafts.push({
        path: photo.path,
        stem: photo.stem,
        split,
        labels: labelsOf(file, image),
        ...(file.counts.masks === 0 ? {} : { mask: maskOf(file, image, names, source) }),
      })
  const unlisted = listed - new Set(drafts.map(draft => draft.path)).size
  return {
    photos: drafts,
    classes: [...new Set(file.categories.values())],
    maskNames: names,
    skipped,
    notes: [...notes, ...notesOf(file, source, source.split === undefined ? unlisted : 0)],
  }
}

function labelsOf(file: CocoFile, image: CocoImage): DraftPhoto['labels'] {
  const categories = file.annotationsOf(image).map(({ category }) => categoryName(file, category, 'an annotation'))
  return { present: [...new Set(categories)], unknown: [] }
}

/** Values of the map are places in `names` + 1; what is not among them is void. */
function maskOf(file: CocoFile, image: CocoImage, names: readonly string[], { crowd }: ImportSource): DrawnMask {
  const { width, height } = image
  return {
    name: `the annotations of ${image.file_name}`,
    size: width === undefined || height === undefined ? null : { width, height },
    draw: size => {
      const labelled = file.annotationsOf(image).map(annotation => {
        const place = names.indexOf(categoryName(file, annotation.category, 'an annotation'))
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
