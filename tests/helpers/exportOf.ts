import type { ExportPhoto } from '../../src/main/datasets/exporting/defineExport'
import { findExport } from '../../src/main/datasets/index'
import { writeExport, type WriteExport } from '../../src/main/datasets/exporting/writeExport'
import { runTask } from '../../src/main/pool/tasks'

interface ExportOf extends Partial<Pick<WriteExport, 'signal' | 'progress'>> {
  readonly out: string
  readonly classes?: readonly string[]
  readonly photos?: readonly (Pick<ExportPhoto, 'stem'> & Partial<ExportPhoto>)[]
  readonly checkpoint?: string
  readonly options?: Readonly<Record<string, unknown>>
}

/** Writes photos of 6 × 4 pixels, of which a test says what matters, in the way of `format`. */
export async function exportOf(format: string, { out, classes = [], photos = [], ...rest }: ExportOf) {
  const { options = {}, checkpoint, ...work } = rest
  const described = photos.map(photo => ({
    ...{ fileName: `${photo.stem}.jpg`, width: 6, height: 4, split: 'train', present: [], unknown: [], blob: '' },
    ...photo,
  }))
  return writeExport({
    ...work,
    format: findExport(format),
    content: { classes, photos: described, options, ...(checkpoint === undefined ? {} : { checkpoint }) },
    origin: { run: null, masks: 'run', split: null, photos: photos.length, corrected: 0, missing: [] },
    out,
    pool: { threads: 1, run: (name, input) => runTask(name, input) },
  })
}
