import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { encodeCamDictionary } from '../../artifacts/camDictionary'
import { readScoreMaps } from '../../artifacts/scoreMaps'
import { FILES_AT_ONCE } from '../exportOptions'
import type { ExportOptions, ExportReport } from '../exportOptions'
import { mapConcurrent } from '../mapConcurrent'
import { replaceFolder } from '../replaceFolder'
import { safeFileName } from '../safeFileName'

export interface CamsExport extends ExportOptions {
  /** A score map blob for every photo. */
  readonly images: readonly { readonly stem: string; readonly scores: string }[]
}

/** Writes `<stem>.npy` for every photo: the dictionaries (`keys`, `cam`, `high_res`) that IRN and its descendants read. */
export async function exportCams({ out, images, signal, progress }: CamsExport): Promise<ExportReport> {
  const names = images.map(({ stem }) => `${safeFileName(stem)}.npy`)
  let done = 0
  await replaceFolder(
    out,
    name => name.endsWith('.npy'),
    async folder => {
      await mapConcurrent(
        images,
        FILES_AT_ONCE,
        async ({ scores }, index) => {
          await writeFile(join(folder, names[index]!), encodeCamDictionary(await readScoreMaps(scores)))
          progress?.({ done: ++done, total: images.length, unit: 'photos', stage: 'writing score maps' })
        },
        signal,
      )
    },
  )
  return { folder: resolve(out), files: images.length }
}
