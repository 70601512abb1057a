import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { ExportManifest, ExportOrigin, ExportReport } from '../../../shared/contract/export'
import { program } from '../../../shared/program'
import type { PoolClient } from '../../pool/poolClient'
import type { ExportContent, ExportFormat, ExportWork } from './defineExport'
import { ExportFolder } from './exportFolder'
import { mapConcurrent } from '../mapConcurrent'
import { MANIFEST, replaceFolder } from './replaceFolder'
import { safeFileName } from './safeFileName'

export interface ExportProgress {
  readonly done: number
  readonly total: number
  readonly unit: 'photos'
  readonly stage: string
}

export interface WriteExport {
  readonly format: ExportFormat
  readonly content: ExportContent
  readonly origin: ExportOrigin
  /** A folder; it appears whole or not at all. */
  readonly out: string
  readonly pool: PoolClient
  readonly signal?: AbortSignal
  readonly progress?: (progress: ExportProgress) => void
}

const PHOTOS_AT_ONCE = 8

/** Writes an export with its manifest. The same one begun again goes on where it was killed or failed. */
export async function writeExport(request: WriteExport): Promise<ExportReport> {
  const { format, origin, out } = request
  const content = { ...request.content, options: format.options.parse(request.content.options) }
  for (const { stem } of content.photos) safeFileName(stem)
  let manifest: ExportManifest | undefined
  await replaceFolder(out, identityOf(format, content), async (partial, finished) => {
    const folder = new ExportFolder(partial, finished)
    const notes = await format.write(content, folder, exportWork(request))
    request.signal?.throwIfAborted()
    manifest = {
      program,
      format: format.id,
      options: content.options,
      classes: content.classes,
      origin,
      notes,
      createdAt: new Date().toISOString(),
      files: folder.files,
    }
    await writeFile(join(partial, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`)
  })
  const { files = [], notes = [] } = manifest ?? {}
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0)
  return { format: format.id, folder: resolve(out), files: files.length, bytes, origin, notes }
}

/** What decides every byte of an export: blobs are called by their hashes. */
function identityOf({ id }: ExportFormat, content: ExportContent): string {
  return createHash('sha256')
    .update(JSON.stringify([program.version, id, content]))
    .digest('hex')
}

function exportWork({ pool, signal, progress }: WriteExport): ExportWork {
  return {
    pool,
    ...(signal === undefined ? {} : { signal }),
    forEachPhoto: (photos, work) => {
      let done = 0
      const one = async (photo: (typeof photos)[number], index: number) => {
        const result = await work(photo, index)
        progress?.({ done: ++done, total: photos.length, unit: 'photos', stage: 'writing' })
        return result
      }
      return mapConcurrent(photos, PHOTOS_AT_ONCE, one, signal)
    },
  }
}
