import { readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { WorkbenchError } from '../../../shared/errors'
import { assembleDraft } from '../importing/assembleDraft'
import { defineFormat } from '../importing/defineFormat'
import type { DatasetDraft, ImportSource } from '../importing/defineFormat'
import { fileKind, firstPresent } from '../fileKind'
import { givenMasks, wantedPhotos } from '../importing/given'
import { readLabels } from '../importing/labels/findLabels'
import { isMaskNames } from '../importing/maskFiles'
import { listPhotos, PhotoIndex } from '../importing/photoFiles'

const TABLE = /\.(csv|tsv)$/i

export default defineFormat({
  id: 'csv',
  title: 'Table of labels (CSV)',
  detect: async path => ((await fileKind(path)) === 'file' ? TABLE.test(path) : (await tablesIn(path)).length === 1),
  read: readCsv,
})

/** `path` is the table itself, or the folder that holds it. */
async function readCsv(source: ImportSource, signal?: AbortSignal): Promise<DatasetDraft> {
  const isTable = (await fileKind(source.path)) === 'file'
  const folder = isTable ? dirname(source.path) : source.path
  const labels = source.labels ?? (isTable ? source.path : await onlyTable(folder))
  const images = source.images ?? (await firstPresent(folder, ['JPEGImages', 'images'])) ?? folder
  const photos = await listPhotos(images, source.masks)
  const index = new PhotoIndex(photos)
  const wanted = await wantedPhotos(source.split, photos, index)
  const entries = await readLabels(labels, photos, index, source, signal)
  const masks = await givenMasks({ ...source, path: folder })
  return assembleDraft({ ...wanted, ...masks, labels: entries, labelsName: labels })
}

async function onlyTable(folder: string): Promise<string> {
  const tables = await tablesIn(folder)
  if (tables.length === 1) return join(folder, tables[0]!)
  const found = tables.length === 0 ? 'no table' : `${tables.length} tables (${tables.join(', ')})`
  throw new WorkbenchError('BAD_INPUT', `${folder} holds ${found}: say which holds the labels with --labels.`)
}

async function tablesIn(folder: string): Promise<readonly string[]> {
  if ((await fileKind(folder)) !== 'folder') return []
  return (await readdir(folder)).filter(name => TABLE.test(name) && !isMaskNames(name)).sort()
}
