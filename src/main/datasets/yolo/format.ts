import { dirname, join, sep } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import type { SkippedFile } from '../../../shared/contract/import'
import { WorkbenchError } from '../../../shared/errors'
import { parseRows } from '../../annotations/yolo/parseRows'
import { defineFormat } from '../importing/defineFormat'
import type { DatasetDraft, ImportSource } from '../importing/defineFormat'
import { fileKind, firstPresent } from '../fileKind'
import { isPhotoName, listPhotos } from '../importing/photoFiles'
import { readText } from '../importing/readText'
import { shapedDraft, type ShapedImage } from '../importing/shapedDraft'

/** The largest lists of classes have some tens of thousands. A number beyond is a slip, and each below it gets a name. */
const LAST_CLASS = 99_999
const DATA_FILES = ['data.yaml', 'data.yml', 'dataset.yaml']

/** A list, or a dictionary from index to name. */
const names = z.union([z.array(z.coerce.string()), z.record(z.coerce.number().int().min(0), z.coerce.string())])
const dataFile = z.object({ names })

export default defineFormat({
  id: 'yolo',
  title: 'YOLO segmentation (data.yaml)',
  detect: async path =>
    (await fileKind(path)) === 'file' ? /\.ya?ml$/i.test(path) : (await firstPresent(path, DATA_FILES)) !== undefined,
  read: readYolo,
})

async function readYolo(source: ImportSource, signal?: AbortSignal): Promise<DatasetDraft> {
  const isFile = (await fileKind(source.path)) === 'file'
  const file = isFile ? source.path : await firstPresent(source.path, DATA_FILES)
  if (file === undefined)
    throw new WorkbenchError('BAD_INPUT', `${source.path} has no data.yaml, which names the classes: add it.`)
  const root = dirname(file)
  const classes = await classNames(file)
  const imageFolder = source.images ?? (await firstPresent(root, ['images'])) ?? root
  const skipped: SkippedFile[] = []
  const images: ShapedImage[] = []
  let boxes = 0
  let without = 0
  for (const photo of await listPhotos(imageFolder, source.masks)) {
    signal?.throwIfAborted()
    const rows = labelFile(photo.path, imageFolder, source.labels ?? join(root, 'labels'))
    if ((await fileKind(rows)) === 'nothing') {
      without++
      images.push({ name: photo.name, size: null, shapes: [], ...splitOf(photo.name) })
    } else
      try {
        const shapes = parseRows(await readText(rows), classes)
        boxes += shapes.filter(({ vague }) => vague).length
        images.push({ name: photo.name, size: null, shapes, ...splitOf(photo.name) })
      } catch (cause) {
        if (!(cause instanceof WorkbenchError)) throw cause
        skipped.push({ what: 'photo', file: photo.path, reason: `${rows}: ${cause.message}` })
      }
  }
  const notes = [
    ...(boxes === 0 ? [] : [`${boxes} rows are boxes without an outline: they are void.`]),
    ...(without === 0 ? [] : [`${without} photos have no file of labels: they show nothing, as YOLO takes it.`]),
  ]
  return shapedDraft({ source, path: file, imageFolder, images, classes, skipped, notes }, signal)
}

async function classNames(file: string): Promise<readonly string[]> {
  const parsed = dataFile.safeParse(yamlOf(await readText(file), file))
  if (!parsed.success) throw new WorkbenchError('BAD_INPUT', `${file} has no "names": a list, or index: name.`)
  const { names: given } = parsed.data
  if (Array.isArray(given)) return given
  const last = Object.keys(given).reduce((most, key) => Math.max(most, Number(key)), -1)
  if (last > LAST_CLASS)
    throw new WorkbenchError('BAD_INPUT', `${file} names a class ${last}: correct it, they are counted from 0.`)
  return Array.from({ length: last + 1 }, (_, place) => given[place] ?? `class ${place}`)
}

function yamlOf(text: string, file: string): unknown {
  try {
    return parse(text)
  } catch (cause) {
    throw new WorkbenchError('FILE_UNREADABLE', `${file} is no YAML (${(cause as Error).message.trimEnd()}).`, {
      cause,
    })
  }
}

/** `images/train/a.jpg` → `labels/train/a.txt`, as ultralytics looks for it. */
function labelFile(photo: string, images: string, labels: string): string {
  const below = photo.slice(images.length).replace(/\.[^.]+$/, '.txt')
  return isPhotoName(photo) ? join(labels, ...below.split(sep)) : photo
}

function splitOf(name: string): { readonly split?: string } {
  const split = /^(train|val|test)\//.exec(name)?.[1]
  return split === undefined ? {} : { split }
}
