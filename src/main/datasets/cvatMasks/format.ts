import { dirname } from 'node:path'
import { WorkbenchError } from '../../../shared/errors'
import { VOID } from '../../../shared/raster/palette'
import { decodeLabelPng } from '../../media/labelPng'
import { defineFormat } from '../importing/defineFormat'
import type { DatasetDraft, DraftPhoto, DrawnMask, ImportSource } from '../importing/defineFormat'
import { fileKind, firstPresent } from '../fileKind'
import { wantedPhotos } from '../importing/given'
import { listPhotos, PhotoIndex } from '../importing/photoFiles'
import { DEFAULT_SPLIT } from '../importing/splits'
import { valueNames } from '../importing/valueNames'
import { isBackground, isVoid, parseLabelMap, type LabelMapLine } from './labelMap'
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
  const lines = parseLabelMap(set.labelMap)
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
    const mask = maskOf(photo.stem, bytes, lines, names)
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

/** Three channels hold the label map's colours, one holds the places of its lines. */
function maskOf(
  stem: string,
  bytes: () => Promise<Uint8Array>,
  lines: readonly LabelMapLine[],
  names: readonly string[],
): DrawnMask {
  const name = `the mask ${stem}.png`
  const values = lines.map(line =>
    isBackground(line) ? 0 : !isVoid(line) && names.includes(line.name) ? names.indexOf(line.name) + 1 : VOID,
  )
  const places = new Map(lines.flatMap(({ colour }, place) => (colour === null ? [] : [[colour, place] as const])))
  return {
    name,
    size: null,
    draw: async () => {
      const map = decodeLabelPng(await bytes(), name, places)
      return { ...map, labels: map.labels.map(place => values[place] ?? VOID) }
    },
  }
}
