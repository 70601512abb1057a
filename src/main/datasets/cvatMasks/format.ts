import { dirname } from 'node:path'
import { WorkbenchError } from '../../../shared/errors'
import { defineFormat } from '../importing/defineFormat'
import type { DatasetDraft, DraftPhoto, ImportSource } from '../importing/defineFormat'
import { fileKind, firstPresent } from '../fileKind'
import { wantedPhotos } from '../importing/given'
import { isBackground, isVoid, parseLabelMap } from '../importing/labelMap'
import { labelMapMask } from '../importing/labelMapMask'
import { listPhotos, PhotoIndex } from '../importing/photoFiles'
import { DEFAULT_SPLIT } from '../importing/splits'
import { valueNames } from '../importing/valueNames'
import { openMaskSet } from './maskSet'

export default defineFormat({
  id: 'cvat-masks',
  title: 'CVAT segmentation masks (zip)',
  detect: async path =>
    (await fileKind(path)) === 'file'
      ? /\.zip$/i.test(path)
      : (await firstPresent(path, ['SegmentationClass'])) !== undefined &&
        (await firstPresent(path, ['labelmap.txt'])) !== undefined,
  read: readCvatMasks,
})

async function readCvatMasks(source: ImportSource): Promise<DatasetDraft> {
  const { path } = source
  const set = await openMaskSet(path)
  if (set.labelMap === undefined || set.masks.size === 0)
    throw new WorkbenchError('BAD_INPUT', `${path} holds no labelmap.txt with SegmentationClass: is it CVAT’s export?`)
  const lines = parseLabelMap(set.labelMap, 'labelmap.txt')
  const classes = lines.filter(line => !isBackground(line) && !isVoid(line)).map(({ name }) => name)
  const names = valueNames(classes, source.classes, path)
  const base = (await fileKind(path)) === 'file' ? dirname(path) : path
  const photos = await listPhotos(
    source.images ?? (await firstPresent(base, ['JPEGImages', 'images'])) ?? base,
    base === path ? `${path}/SegmentationClass` : undefined,
  )
  const wanted = await wantedPhotos(source.split, photos, new PhotoIndex(photos))
  const found = wanted.photos.flatMap(({ photo, split }): DraftPhoto[] => {
    const bytes = set.masks.get(photo.stem)
    if (bytes === undefined) return []
    // The number of a line is its value in pictures of one channel, from 0 (CVAT, format-smask).
    const mask = labelMapMask(`the mask ${photo.stem}.png`, bytes, { lines, names, firstValue: 0 })
    return [{ path: photo.path, stem: photo.stem, split: split ?? DEFAULT_SPLIT, labels: 'from-mask', mask }]
  })
  const stems = new Set(photos.map(({ stem }) => stem))
  const without = [...set.masks.keys()].filter(stem => !stems.has(stem))
  const left = wanted.photos.length - found.length
  return {
    photos: found,
    classes,
    maskNames: names,
    skipped: [
      ...wanted.skipped,
      ...without.map(file => ({ what: 'photo' as const, file: `${file}.png`, reason: `there is no photo ${file}` })),
    ],
    notes: [...wanted.notes, ...(left === 0 ? [] : [`${left} photos have no mask in ${path}: left out.`])],
  }
}
