import { readdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { SkippedFile } from '../../../shared/contract/import'
import { WorkbenchError } from '../../../shared/errors'
import { VOID } from '../../../shared/raster/palette'
import { defineFormat } from '../importing/defineFormat'
import type { DatasetDraft, DraftPhoto, DrawnMask, ImportSource } from '../importing/defineFormat'
import { fileHead } from '../importing/fileHead'
import { fileKind, firstPresent } from '../fileKind'
import { wantedPhotos } from '../importing/given'
import { theOne } from '../importing/labels/labelEntries'
import { listPhotos, PhotoIndex } from '../importing/photoFiles'
import { DEFAULT_SPLIT } from '../importing/splits'
import { valueNames } from '../importing/valueNames'
import { drawAnnotations } from './drawAnnotations'
import type { CocoImage } from './cocoSchema'
import { readCoco, type CocoFile } from './readCoco'

export default defineFormat({
  id: 'coco',
  title: 'COCO instances (JSON)',
  detect: async path =>
    (await fileKind(path)) === 'file' ? looksLikeCoco(path) : (await cocoFilesIn(path)).length > 0,
  read: readDataset,
})

async function readDataset(source: ImportSource, signal?: AbortSignal): Promise<DatasetDraft> {
  const path = await annotationFile(source)
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

/** The file itself, or the only one of its kind in the folder or in `annotations`. */
async function annotationFile({ path, labels }: ImportSource): Promise<string> {
  if (labels !== undefined) return labels
  if ((await fileKind(path)) === 'file') return path
  const files = await cocoFilesIn(path)
  if (files.length === 1) return files[0]!
  const found =
    files.length === 0 ? 'no COCO file' : `${files.length} COCO files (${files.map(f => basename(f)).join(', ')})`
  throw new WorkbenchError('BAD_INPUT', `${path} holds ${found}: name the file itself.`)
}

async function cocoFilesIn(folder: string): Promise<readonly string[]> {
  const found: string[] = []
  for (const place of [folder, join(folder, 'annotations')]) {
    if ((await fileKind(place)) !== 'folder') continue
    for (const name of (await readdir(place)).filter(each => /\.json$/i.test(each)).sort())
      if (await looksLikeCoco(join(place, name))) found.push(join(place, name))
  }
  return found
}

async function looksLikeCoco(path: string): Promise<boolean> {
  if (!/\.json$/i.test(path)) return false
  return /^\s*\{\s*"(info|licenses|images|annotations|categories|type)"\s*:/.test(await fileHead(path))
}

/** `instances_val2017.json` lies in `annotations`, its photos in `val2017` beside that folder. */
async function imageFolder(file: string): Promise<string> {
  const folder = dirname(file)
  const base = basename(folder) === 'annotations' ? dirname(folder) : folder
  const set = basename(file, '.json').replace(/^(instances|person_keypoints|stuff|panoptic)_/, '')
  return (await firstPresent(base, [set, join('images', set), 'images', 'JPEGImages'])) ?? base
}

/** `instances_val2017.json` → val. */
function splitOf(file: string): string {
  return /(?:^|[_.-])(train|val|test)(?:\d*|[_.-].*)\.json$/i.exec(basename(file))?.[1]?.toLowerCase() ?? DEFAULT_SPLIT
}
