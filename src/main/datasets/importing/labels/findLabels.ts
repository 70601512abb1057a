import { readdir } from 'node:fs/promises'
import { WorkbenchError } from '../../../../shared/errors'
import { clsLabels } from '../../clsLabels/clsLabels'
import type { ImportSource } from '../defineFormat'
import { fileKind } from '../../fileKind'
import type { PhotoFile, PhotoIndex } from '../photoFiles'
import { annotationLabels } from '../../voc/annotations'
import { classListLabels } from '../../voc/classLists'
import type { LabelEntries } from './labelEntries'
import { tableLabels } from './tableLabels'

/** Reads labels from whatever `path` is: a table, `cls_labels.npy`, a folder of annotations or of class lists. */
export async function readLabels(
  path: string,
  photos: readonly PhotoFile[],
  index: PhotoIndex,
  source: ImportSource,
  signal?: AbortSignal,
): Promise<LabelEntries> {
  const kind = await fileKind(path)
  if (kind === 'nothing')
    throw new WorkbenchError('BAD_INPUT', `There are no labels at ${path}: say where they are with --labels.`)
  if (kind === 'file') return /\.npy$/i.test(path) ? clsLabels(path, photos, source.classes) : tableLabels(path, index)
  const names = await readdir(path)
  if (names.some(name => /\.xml$/i.test(name))) return annotationLabels(path, photos, source.difficult, signal)
  return classListLabels(path, index, source.difficult)
}
