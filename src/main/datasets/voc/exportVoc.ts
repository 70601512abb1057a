import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { FILES_AT_ONCE } from '../exportOptions'
import type { ExportOptions, ExportReport } from '../exportOptions'
import { mapConcurrent } from '../mapConcurrent'
import { replaceFolder } from '../replaceFolder'
import { safeFileName } from '../safeFileName'

export interface VocExport extends ExportOptions {
  readonly classes: readonly string[]
  /** A label map blob for every photo: an indexed PNG with 0 background, 1 … C, 255 void. */
  readonly images: readonly { readonly stem: string; readonly labels: string }[]
}

const MASKS = 'SegmentationClass'
const NAMES = 'labels.txt'

/**
 * Writes `SegmentationClass/<stem>.png` and `labels.txt` (background first, then a class a line: the line is the
 * value). The stored label maps are already what VOC wants, so they are copied byte for byte.
 */
export async function exportVoc({ out, classes, images, signal, progress }: VocExport): Promise<ExportReport> {
  const names = images.map(({ stem }) => `${safeFileName(stem)}.png`)
  let done = 0
  await replaceFolder(
    out,
    name => name === MASKS || name === NAMES,
    async folder => {
      await mkdir(join(folder, MASKS))
      await writeFile(join(folder, NAMES), ['background', ...classes, ''].join('\n'))
      await mapConcurrent(
        images,
        FILES_AT_ONCE,
        async ({ labels }, index) => {
          await copyFile(labels, join(folder, MASKS, names[index]!))
          progress?.({ done: ++done, total: images.length, unit: 'photos', stage: 'writing masks' })
        },
        signal,
      )
    },
  )
  return { folder: resolve(out), files: images.length }
}
