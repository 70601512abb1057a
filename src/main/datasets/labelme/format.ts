import { readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { SkippedFile } from '../../../shared/contract/import'
import { WorkbenchError } from '../../../shared/errors'
import { defineFormat } from '../importing/defineFormat'
import type { DatasetDraft, ImportSource } from '../importing/defineFormat'
import { fileHead } from '../importing/fileHead'
import { fileKind, firstPresent } from '../fileKind'
import { readMaskNames } from '../importing/maskFiles'
import { readJson } from '../importing/readJson'
import { shapedDraft, type ShapedImage } from '../importing/shapedDraft'
import { labelmeFile } from '../../annotations/labelme/labelmeSchema'
import { labelmeShape } from '../../annotations/labelme/labelmeShapes'

/**
 * CVAT's API and its backups have shapes, too: a mask's points are its run lengths and its box's corners (cvat#6777), and
 * the photo is a number that another file explains.
 */
const OF_CVAT = 'it holds shapes of CVAT’s API: export the task from CVAT as “CVAT for images 1.1” and import that.'

export default defineFormat({
  id: 'labelme',
  title: 'labelme (JSON a photo)',
  detect: async path => (await fileKind(path)) === 'folder' && (await someFile(path)) !== undefined,
  read: readLabelme,
})

async function readLabelme(source: ImportSource, signal?: AbortSignal): Promise<DatasetDraft> {
  const { path } = source
  const folder = source.labels ?? ((await fileKind(path)) === 'file' ? dirname(path) : path)
  const images: ShapedImage[] = []
  const skipped: SkippedFile[] = []
  const passed = new Map<string, number>()
  for (const name of await jsonFiles(folder)) {
    signal?.throwIfAborted()
    const file = join(folder, name)
    try {
      images.push(await readFile(file, passed))
    } catch (cause) {
      if (!(cause instanceof WorkbenchError)) throw cause
      skipped.push({ what: 'photo', file, reason: (await isOfCvat(file)) ? OF_CVAT : cause.message })
    }
  }
  const imageFolder = source.images ?? (await firstPresent(path, ['images', 'JPEGImages'])) ?? folder
  const types = [...passed].map(([type, count]) => `${type} ${count}`).join(', ')
  const notes =
    types === '' ? [] : [`Shapes without pixels are in no mask, and leave with labelme’s files again: ${types}.`]
  const classes = await readMaskNames(folder, path)
  const ordered = classes === undefined ? {} : { classes }
  return shapedDraft({ source, path: folder, imageFolder, images, skipped, notes, ...ordered }, signal)
}

async function readFile(file: string, passed: Map<string, number>): Promise<ShapedImage> {
  const { imagePath, imageWidth, imageHeight, shapes } = await readJson(file, labelmeFile)
  for (const shape of shapes) {
    const type = shape.shape_type ?? 'polygon'
    if (labelmeShape(shape) === undefined) passed.set(type, (passed.get(type) ?? 0) + 1)
  }
  return {
    name: imagePath.replaceAll('\\', '/'),
    size: imageWidth == null || imageHeight == null ? null : { width: imageWidth, height: imageHeight },
    shapes: shapes.flatMap(shape => labelmeShape(shape) ?? []),
    annotation: async () => JSON.stringify({ ...(await readJson(file, labelmeFile)), imageData: null }),
  }
}

async function jsonFiles(folder: string): Promise<readonly string[]> {
  return (await readdir(folder)).filter(name => /\.json$/i.test(name)).sort()
}

async function isOfCvat(file: string): Promise<boolean> {
  return /"(frame|tracks|label_id)"\s*:/.test(await fileHead(file))
}

/** The first file that is labelme's: one is enough to know. */
async function someFile(folder: string): Promise<string | undefined> {
  const [first] = await jsonFiles(folder)
  if (first === undefined) return undefined
  return /"(shapes|imagePath|imageData)"\s*:/.test(await fileHead(join(folder, first))) ? first : undefined
}
