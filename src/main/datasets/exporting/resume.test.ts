import { existsSync, readdirSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { exportOf } from '../../../../tests/helpers/exportOf'
import { temporaryFolder } from '../../../../tests/helpers/temporaryFolder'
import { twoScoreMaps } from '../../../../tests/helpers/twoScoreMaps'
import type { ExportManifest } from '../../../shared/contract/export'
import { encodeScoreMaps } from '../../artifacts/scoreMaps'
import { encodeLabelPng, readLabelPng } from '../../media/labelPng'
import { exportFormats } from '../index'

let blobs: string
let out: string

/** Void, parts of one pixel and holes: what every format has something to say about. */
const labels = [
  Uint8Array.from({ length: 24 }, (_, i) => [0, 1, 2, 255][i % 4]!),
  Uint8Array.from({ length: 24 }, (_, i) => (i === 8 ? 0 : 1)),
]

beforeEach(() => {
  blobs = temporaryFolder()
  out = join(temporaryFolder(), 'out')
  for (const [place, stem] of ['a', 'b'].entries()) {
    writeFileSync(join(blobs, `${stem}.masks`), encodeLabelPng({ width: 6, height: 4, labels: labels[place]! }))
    writeFileSync(join(blobs, `${stem}.scores`), encodeScoreMaps(twoScoreMaps).bytes)
  }
})

const blobOf = (stem: string, contents: string) => join(blobs, `${stem}.${contents}`)
const lose = (blob: string) => renameSync(blob, `${blob}.lost`)
const find = (blob: string) => renameSync(`${blob}.lost`, blob)
const manifest = () => JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8')) as ExportManifest
const photoFormats = exportFormats.filter(({ contents }) => contents === 'masks' || contents === 'scores')

test.each(photoFormats)('$id goes on without the photos that it has finished, to the same bytes', async format => {
  const { id, contents } = format
  const photos = ['a', 'b'].map(stem => ({ stem, blob: blobOf(stem, contents) }))
  const request = { out, classes: ['cat', 'dog'], photos }
  const whole = await exportOf(id, request)
  const { files } = manifest()
  rmSync(out, { recursive: true })

  lose(photos[1]!.blob)
  await expect(exportOf(id, request)).rejects.toThrow()
  find(photos[1]!.blob)
  lose(photos[0]!.blob) // whoever opened it again would fail
  expect(await exportOf(id, request)).toEqual(whole)
  expect(manifest().files).toEqual(files)
  expect(readdirSync(join(out, '..'))).toEqual(['out'])
})

const png = () => [{ stem: 'a', blob: blobOf('a', 'masks') }, { stem: 'b', blob: blobOf('b', 'masks') }] // prettier-ignore

/** An export of grey masks that broke off at the second photo. */
async function brokenOff() {
  const request = { out, classes: ['cat', 'dog'], photos: png() }
  lose(blobOf('b', 'masks'))
  await expect(exportOf('png', request)).rejects.toThrow()
  find(blobOf('b', 'masks'))
  return request
}

test('a file that a power cut emptied is made again', async () => {
  const request = await brokenOff()
  truncateSync(join(`${out}.partial`, 'masks/a.png'))
  await exportOf('png', request)
  expect((await readLabelPng(join(out, 'masks/a.png'))).labels).toEqual(labels[0])
})

test('what is finished is believed up to the line that was broken off', async () => {
  const request = await brokenOff()
  const notes = join(`${out}.partial`, '.export/finished.ndjson')
  const text = readFileSync(notes, 'utf8')
  expect(text.match(/^\["[^"]+"/gm)).toEqual(['["labels.txt"', '["masks/a.png"'])
  truncateSync(notes, text.length - 5)
  lose(blobOf('a', 'masks'))
  await expect(exportOf('png', request)).rejects.toThrow()
  expect(readFileSync(notes, 'utf8')).toMatch(/^\["labels.txt",.*\]\n\["masks\/b.png",.*\]\n$/)
})

test('a temporary file that a kill left is not carried into the export, which the next one replaces', async () => {
  const request = await brokenOff()
  writeFileSync(join(`${out}.partial`, 'masks/b.png.0a1b.tmp'), 'half')
  await exportOf('png', request)
  expect(readdirSync(join(out, 'masks'))).toEqual(['a.png', 'b.png'])
  expect(existsSync(join(out, '.export'))).toBe(false)
  await exportOf('png', { ...request, classes: ['cow', 'dog'] })
})
