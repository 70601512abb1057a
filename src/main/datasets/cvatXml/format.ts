import { dirname } from 'node:path'
import { WorkbenchError } from '../../../shared/errors'
import { defineFormat } from '../importing/defineFormat'
import type { DatasetDraft, ImportSource } from '../importing/defineFormat'
import { fileHead } from '../importing/fileHead'
import { fileKind, firstPresent } from '../fileKind'
import { readText } from '../importing/readText'
import { shapedDraft } from '../importing/shapedDraft'
import { parseCvatXml } from './parseCvatXml'

const FILE = 'annotations.xml'

export default defineFormat({
  id: 'cvat-xml',
  title: 'CVAT for images (XML)',
  detect: async path => {
    const file = (await fileKind(path)) === 'file' ? path : await firstPresent(path, [FILE])
    return file !== undefined && /\.xml$/i.test(file) && /<annotations>\s*<version>1\.1/.test(await fileHead(file))
  },
  read: readCvat,
})

async function readCvat(source: ImportSource, signal?: AbortSignal): Promise<DatasetDraft> {
  const file = (await fileKind(source.path)) === 'file' ? source.path : await firstPresent(source.path, [FILE])
  if (file === undefined) throw new WorkbenchError('BAD_INPUT', `${source.path} has no ${FILE}: name the file itself.`)
  const { images, classes, passed } = parseCvatXml(await readText(file), file)
  const kinds = [...passed].map(([kind, count]) => `${kind} ${count}`).join(', ')
  const notes = kinds === '' ? [] : [`Shapes without pixels were passed over: ${kinds}.`]
  const imageFolder = source.images ?? (await firstPresent(dirname(file), ['images'])) ?? dirname(file)
  return shapedDraft({ source, path: file, imageFolder, images, classes, notes }, signal)
}
