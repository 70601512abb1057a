import { dirname } from 'node:path'
import { WorkbenchError } from '../../../shared/errors'
import { assembleDraft } from '../importing/assembleDraft'
import { defineFormat } from '../importing/defineFormat'
import type { DatasetDraft, ImportSource } from '../importing/defineFormat'
import { fileKind, firstPresent } from '../fileKind'
import { givenMasks, wantedPhotos } from '../importing/given'
import { listPhotos, PhotoIndex } from '../importing/photoFiles'
import { readText } from '../importing/readText'
import { vocClasses } from '../voc/vocClasses'
import { clsLabels } from './clsLabels'

const LABELS_FILE = 'cls_labels.npy'

export default defineFormat({
  id: 'cls-labels',
  title: 'cls_labels.npy (IRN, SFC and their like)',
  detect: async path =>
    (await fileKind(path)) === 'file' ? path.endsWith('.npy') : (await firstPresent(path, [LABELS_FILE])) !== undefined,
  read: readClsLabels,
})

/** `path` is the labels' file, or the folder that holds it. */
async function readClsLabels(source: ImportSource): Promise<DatasetDraft> {
  const isFile = (await fileKind(source.path)) === 'file'
  const folder = isFile ? dirname(source.path) : source.path
  const file = source.labels ?? (isFile ? source.path : await firstPresent(folder, [LABELS_FILE]))
  if (file === undefined)
    throw new WorkbenchError('BAD_INPUT', `${folder} has no ${LABELS_FILE}: say where it is with --labels.`)
  const images = source.images ?? (await firstPresent(folder, ['JPEGImages', 'images'])) ?? folder
  const photos = await listPhotos(images, source.masks)
  const wanted = await wantedPhotos(source.split, photos, new PhotoIndex(photos))
  const labels = await clsLabels(file, photos, source.classes ?? (await classesBeside(file)))
  const masks = await givenMasks({ ...source, path: folder })
  const maskNames = masks.maskNames ?? (labels.ordered === vocClasses ? vocClasses : undefined)
  return assembleDraft({ ...wanted, ...masks, ...(maskNames ? { maskNames } : {}), labels, labelsName: file })
}

/** `classes.txt` beside the file, as our export writes it: the line is the place in the vectors. */
async function classesBeside(file: string): Promise<readonly string[] | undefined> {
  const list = await firstPresent(dirname(file), ['classes.txt'])
  if (list === undefined) return undefined
  const names = (await readText(list)).split(/\r?\n/).map(line => line.trim())
  return names.filter(name => name !== '')
}
