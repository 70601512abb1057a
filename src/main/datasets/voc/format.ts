import { readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { WorkbenchError } from '../../../shared/errors'
import { assembleDraft } from '../importing/assembleDraft'
import { defineFormat } from '../importing/defineFormat'
import type { DatasetDraft, ImportSource } from '../importing/defineFormat'
import { fileKind, firstPresent } from '../fileKind'
import { readLabels } from '../importing/labels/findLabels'
import { readMasks } from '../importing/maskFiles'
import { listPhotos, PhotoIndex } from '../importing/photoFiles'
import { readSplits } from '../importing/splits'
import { vocClasses } from './vocClasses'

/** Lists that say what a photo is for come before those that put them together (trainval) or extend them (train_aug). */
const FIRST_LISTS = ['train.txt', 'val.txt', 'test.txt']

export default defineFormat({
  id: 'voc',
  title: 'PASCAL VOC',
  detect: async path => (await firstPresent(path, ['JPEGImages', 'Annotations', 'ImageSets'])) !== undefined,
  read: readVoc,
})

async function readVoc(source: ImportSource, signal?: AbortSignal): Promise<DatasetDraft> {
  const { path } = source
  const masks = source.masks ?? (await firstPresent(path, ['SegmentationClass']))
  const photos = await listPhotos(source.images ?? (await firstPresent(path, ['JPEGImages', 'images'])) ?? path, masks)
  const index = new PhotoIndex(photos)
  const lists = source.split === undefined ? await segmentationLists(path) : [await namedList(path, source.split)]
  const splits = lists.length > 0 ? await readSplits(lists, index) : undefined
  const wanted = splits?.photos ?? photos.map(photo => ({ photo }))
  const unlisted = photos.length - wanted.length
  const notes =
    unlisted === 0 ? [] : [`${unlisted} photos stand in none of the lists (${lists.map(nameOf).join(', ')}): left out.`]
  const labels = source.labels ?? (await labelsBeside(path))
  if (labels === undefined && masks === undefined) throw noLabels(path)
  const listed = wanted.map(({ photo }) => photo)
  return assembleDraft({
    photos: wanted,
    labels: labels === undefined ? 'from-mask' : await readLabels(labels, listed, index, source, signal),
    labelsName: labels ?? '',
    ...(masks === undefined ? {} : { maskNames: vocClasses, ...(await readMasks(masks, source)) }),
    skipped: splits?.skipped ?? [],
    notes,
  })
}

/** Annotations know most; VOC's class lists are made from them; a table stands in for both; masks are the last resort. */
async function labelsBeside(path: string): Promise<string | undefined> {
  const annotations = await firstPresent(path, ['Annotations'])
  if (annotations) return annotations
  const lists = join(path, 'ImageSets', 'Main')
  if ((await fileKind(lists)) === 'folder' && (await readdir(lists)).some(name => /_\w+\.txt$/.test(name))) return lists
  return firstPresent(path, ['image_labels.csv', 'labels.csv', 'cls_labels.npy'])
}

/** `ImageSets/Segmentation/*.txt`, else the plain lists of `ImageSets/Main`. */
async function segmentationLists(path: string): Promise<readonly string[]> {
  for (const kind of ['Segmentation', 'Main']) {
    const folder = join(path, 'ImageSets', kind)
    if ((await fileKind(folder)) !== 'folder') continue
    const names = (await readdir(folder)).filter(name => /^[^_]+(_aug)?\.txt$/.test(name))
    const lists = names.sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1)).map(name => join(folder, name))
    if (lists.length > 0) return lists
  }
  return []
}

function rank(name: string): number {
  const place = FIRST_LISTS.indexOf(name)
  return place < 0 ? FIRST_LISTS.length : place
}

/** `--split` takes a file, or the name of a list that the dataset has. */
async function namedList(path: string, split: string): Promise<string> {
  if ((await fileKind(split)) === 'file') return split
  const names = [`${split}.txt`, split].flatMap(name => [join('Segmentation', name), join('Main', name)])
  const list = await firstPresent(join(path, 'ImageSets'), names)
  if (list) return list
  throw new WorkbenchError('BAD_INPUT', `There is no list ${split}, neither as a file nor in ${path}/ImageSets.`)
}

function nameOf(file: string): string {
  return basename(file)
}

function noLabels(path: string): WorkbenchError {
  return new WorkbenchError(
    'BAD_INPUT',
    `${path} has neither Annotations, ImageSets/Main, a table of labels nor SegmentationClass: ` +
      'say where the labels are with --labels.',
  )
}
