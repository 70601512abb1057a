import { join } from 'node:path'
import { encodeLabelPng } from '../../src/main/media/labelPng'
import { exportOf } from './exportOf'
import { importOf } from './importOf'
import { randomLabels } from './randomLabels'
import { temporaryFolder } from './temporaryFolder'
import { TinyDataset } from './tinyDataset'

const size = { width: 40, height: 30 }

interface RoundTrip {
  /** Who writes, and who reads. */
  readonly format: string
  readonly importer?: string
  /** What the importer is given, within the export's folder. */
  readonly file?: string
  /** Where the importer is told that the masks are, within the export's folder. */
  readonly masks?: string
  readonly options?: Readonly<Record<string, unknown>>
}

/** A mask of holes, islands and void that leaves by a format: as it left, and as it came back. */
export async function maskRoundTrip(
  seed: number,
  { format, importer = format, file = '', masks, options = {} }: RoundTrip,
) {
  const data = new TinyDataset()
  const labels = randomLabels(seed, size, 2)
  await data.photo('images/a.jpg', size)
  const blob = data.file('m.png', encodeLabelPng({ ...size, labels }))
  const out = join(temporaryFolder(), 'out')
  const photos = [{ stem: 'a', blob, ...size }]
  const { notes } = await exportOf(format, { out, classes: ['cat', 'dog'], photos, options })
  const places = { path: join(out, file), images: data.path('images') }
  const given = masks === undefined ? {} : { masks: join(out, masks) }
  const back = await importOf({ format: importer, ...places, ...given })
  return { left: [...labels], back: back.photos.get('a')?.mask, notes }
}

/** What comes back where a format knows no void. */
export function withoutVoid(labels: readonly number[]): number[] {
  return labels.map(label => (label === 255 ? 0 : label))
}
