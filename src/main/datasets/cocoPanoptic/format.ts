import { basename, dirname, join } from 'node:path'
import type { SkippedFile } from '../../../shared/contract/import'
import { WorkbenchError } from '../../../shared/errors'
import { VOID } from '../../../shared/raster/palette'
import { decodeLabelPng } from '../../media/labelPng'
import { BACKGROUND } from '../coco/cocoParts'
import { categoryName, cocoPhotos } from '../coco/cocoPhotos'
import { annotationFile, cocoFilesAt } from '../coco/cocoPlaces'
import { firstPresent } from '../fileKind'
import { defineFormat } from '../importing/defineFormat'
import type { DatasetDraft, DraftPhoto, DrawnMask, ImportSource } from '../importing/defineFormat'
import { readInside } from '../importing/readInside'
import { valueNames } from '../importing/valueNames'
import { readPanoptic, type PanopticAnnotation, type PanopticFile } from './readPanoptic'

export default defineFormat({
  id: 'coco-panoptic',
  title: 'COCO panoptic (JSON and pictures)',
  detect: async path => (await cocoFilesAt(path, 'panoptic')).length > 0,
  read: readDataset,
})

async function readDataset(source: ImportSource, signal?: AbortSignal): Promise<DatasetDraft> {
  const path = await annotationFile(source, 'panoptic')
  const file = await readPanoptic(path, signal)
  const pictures = source.masks ?? (await pictureFolder(path))
  const joined = await cocoPhotos(path, file.images, source, pictures)
  const classes = [...new Set(file.categories.values())].filter(name => name !== BACKGROUND)
  const names = valueNames(classes, source.classes, path)
  const skipped: SkippedFile[] = [...joined.skipped]
  const drafts: DraftPhoto[] = []
  for (const { image, photo, split } of joined.found) {
    const annotation = file.annotations.get(image.id)
    if (annotation === undefined)
      skipped.push({ what: 'photo', file: photo.path, reason: `${path} has no annotation of it` })
    else if (split !== undefined) {
      const shown = annotation.segments_info.map(segment => categoryName(file, segment.category_id, 'a segment'))
      const present = [...new Set(shown)].filter(name => name !== BACKGROUND)
      const mask = maskOf(pictures, annotation, file, names, source)
      drafts.push({ path: photo.path, stem: photo.stem, split, labels: { present, unknown: [] }, mask })
    }
  }
  return { photos: drafts, classes, maskNames: names, skipped, notes: [...joined.notes, ...notesOf(file)] }
}

/** `panoptic_val2017.json` → `panoptic_val2017`; ours is called `panoptic`. */
async function pictureFolder(file: string): Promise<string> {
  const name = basename(file, '.json')
  const found = await firstPresent(dirname(file), [name, 'panoptic'])
  if (found !== undefined) return found
  throw new WorkbenchError(
    'BAD_INPUT',
    `There is no folder ${name} with the pictures beside ${file}: name it as masks.`,
  )
}

/** A pixel's colour is its segment's id, red first; 0 is void. */
function maskOf(
  pictures: string,
  { file_name, segments_info }: PanopticAnnotation,
  file: PanopticFile,
  names: readonly string[],
  { crowd }: ImportSource,
): DrawnMask {
  const valueOf = (name: string) => (name === BACKGROUND ? 0 : names.includes(name) ? names.indexOf(name) + 1 : VOID)
  const picture = join(pictures, file_name)
  return {
    name: picture,
    size: null,
    draw: async () => {
      const values = segments_info.map(({ id, category_id, iscrowd }) => {
        const colour = ((id & 0xff) << 16) | (id & 0xff00) | (id >> 16)
        return [
          colour,
          iscrowd && crowd === 'void' ? VOID : valueOf(categoryName(file, category_id, 'a segment')),
        ] as const
      })
      return decodeLabelPng(await readInside(pictures, file_name, file.path), picture, new Map([[0, VOID], ...values]))
    },
  }
}

function notesOf({ categories }: PanopticFile): readonly string[] {
  if ([...categories.values()].includes(BACKGROUND)) return []
  return [`No category is called “${BACKGROUND}”: pixels of no segment are void.`]
}
