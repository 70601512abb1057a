import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { encodeScoreMaps } from '../../src/main/artifacts/scoreMaps'
import { exportFormats } from '../../src/main/datasets/index'
import { encodeLabelPng } from '../../src/main/media/labelPng'
import type { ExportManifest } from '../../src/shared/contract/export'
import { exportOf } from '../helpers/exportOf'
import { golden } from '../helpers/golden'
import { temporaryFolder } from '../helpers/temporaryFolder'
import { twoScoreMaps } from '../helpers/twoScoreMaps'

/** Where `doors.py` reads them, when these goldens are made anew (provenance.md). */
const folder = process.env['MASKWRIGHT_DOORS'] ?? temporaryFolder()
const hashes = golden<Readonly<Record<string, Readonly<Record<string, string>>>>>('doors.json')

const size = { width: 6, height: 4 }
/** A ring round a hole, parts that touch at a corner alone, void; and a photo of one class but for its void corner. */
const masks = [
  // prettier-ignore
  Uint8Array.of(
    1, 1, 1, 0, 0, 2,
    1, 0, 1, 0, 0, 2,
    1, 1, 1, 0, 255, 0,
    0, 0, 0, 2, 0, 0),
  Uint8Array.from({ length: 24 }, (_, i) => (i === 23 ? 255 : 2)),
]
const scores = [twoScoreMaps, { ...twoScoreMaps, maps: Float32Array.of(0.125, 0, 1, 1) }]

function blobOf(place: number, contents: string): string {
  const path = join(temporaryFolder(), 'blob')
  if (contents === 'masks') writeFileSync(path, encodeLabelPng({ ...size, labels: masks[place]! }))
  if (contents === 'scores') writeFileSync(path, encodeScoreMaps(scores[place]!).bytes)
  return path
}

/** Of a text that names the program's version, which is no part of its form. */
function hashOf(path: string): string {
  const bytes = readFileSync(path)
  const text = bytes.toString('latin1').replace(/Maskwright \d+\.\d+\.\d+/, 'Maskwright')
  return createHash('sha256').update(text, 'latin1').digest('hex')
}

const photoFormats = exportFormats.filter(({ contents }) => contents !== 'checkpoint')

test.each(photoFormats)('$id writes the very bytes that Python’s readers have understood', async ({ id, contents }) => {
  const described = [
    { stem: '2007_000032', split: 'train', present: [0, 1], unknown: [] },
    { stem: 'é 2', split: 'val', present: [1], unknown: [0] },
  ]
  const photos = described.map((photo, place) => ({ ...photo, blob: blobOf(place, contents) }))
  const out = join(folder, id)
  await exportOf(id, { out, classes: ['cat', 'no'], photos })
  const { files } = JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8')) as ExportManifest
  expect(Object.fromEntries(files.map(({ path }) => [path, hashOf(join(out, path))]))).toEqual(hashes[id])
})
