import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { importDataset } from '../src/main/datasets/importing/importDataset'
import { openProject } from '../src/main/db/open'
import { encodeLabelPng } from '../src/main/media/labelPng'
import { report } from './support/measure'

/**
 * Photos a second of an import: the headers, the hashes of all bytes and the rows of 2,000 JPEG files of about 100 kB,
 * then the same again (nothing has changed, so nothing is hashed), then with a mask of 500 × 375 for each. The product
 * asks for 500 a second without masks.
 */
const PHOTOS = 2000
const SIZE = { width: 500, height: 375 }

const folder = mkdtempSync(join(tmpdir(), 'maskwright-bench-'))
try {
  await makeDataset()
  const project = openProject(join(folder, 'project'), { create: true })
  const options = { project, path: folder, format: 'csv' }
  const rows = [
    await timed('metadata', () => importDataset(options)),
    await timed('metadata again', () => importDataset(options)),
    await timed('with masks', () => importDataset({ ...options, masks: join(folder, 'masks') })),
    await timed('dataset of all photos', async () => project.dataset()),
  ]
  project.close()
  report('Import', rows)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function makeDataset(): Promise<void> {
  for (const name of ['images', 'masks']) mkdirSync(join(folder, name))
  const noise = Uint8Array.from(
    { length: SIZE.width * SIZE.height * 3 },
    (_, i) => ((i * 7919) % 251) ^ ((i >> 9) & 63),
  )
  const photo = await sharp(noise, { raw: { ...SIZE, channels: 3 } })
    .jpeg({ quality: 60 })
    .toBuffer()
  const labels = Uint8Array.from({ length: SIZE.width * SIZE.height }, (_, i) => ((i % SIZE.width) * i > 3e7 ? 1 : 0))
  const mask = encodeLabelPng({ ...SIZE, labels })
  const table = ['image,labels']
  for (let n = 0; n < PHOTOS; n++) {
    // Bytes behind a JPEG's end mean nothing to it, and make every file another one.
    writeFileSync(join(folder, 'images', `${n}.jpg`), Buffer.concat([photo, Buffer.from(String(n))]))
    writeFileSync(join(folder, 'masks', `${n}.png`), mask)
    table.push(`${n},thing`)
  }
  writeFileSync(join(folder, 'labels.csv'), table.join('\n'))
}

async function timed(what: string, work: () => Promise<unknown>) {
  const start = performance.now()
  await work()
  const seconds = (performance.now() - start) / 1000
  return { what, seconds: Number(seconds.toFixed(2)), 'photos/s': Math.round(PHOTOS / seconds) }
}
