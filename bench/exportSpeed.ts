import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findExport } from '../src/main/datasets/index'
import { writeExport } from '../src/main/datasets/exporting/writeExport'
import { encodeLabelPng } from '../src/main/media/labelPng'
import { builtFile } from '../src/main/builtFile'
import { createPool } from '../src/main/pool/pool'
import { report } from './support/measure'

/**
 * Masks a second that leave by each format of masks, and by every one or those that follow the number of masks: 500 ×
 * 375, ten blobs with holes. The product asks for 100. Processor time is told beside it: it holds on a busy machine, too.
 */
const PHOTOS = Number(process.argv[2] ?? 10_000)
const FORMATS = ['voc', 'png', 'coco', 'coco-panoptic', 'yolo', 'labelme', 'cvat-masks']
const chosen = process.argv.length > 3 ? process.argv.slice(3) : FORMATS
const SIZE = { width: 500, height: 375 }
const DIFFERENT = 50

const folder = mkdtempSync(join(tmpdir(), 'maskwright-bench-'))
const pool = createPool({ threads: 2, script: builtFile('poolWorker.js') })
try {
  const blobs = Array.from({ length: DIFFERENT }, (_, i) => {
    const path = join(folder, `${i}.png`)
    writeFileSync(path, encodeLabelPng({ ...SIZE, labels: blobsOf(i) }))
    return path
  })
  mkdirSync(join(folder, 'out'))
  const photos = Array.from({ length: PHOTOS }, (_, i) => ({
    ...{ stem: `photo-${i}`, fileName: `photo-${i}.jpg`, ...SIZE, split: 'train', present: [0], unknown: [] },
    blob: blobs[i % DIFFERENT]!,
  }))
  const rows = []
  for (const id of chosen) {
    const [start, before] = [performance.now(), process.cpuUsage()]
    await writeExport({
      format: findExport(id),
      content: { classes: ['cat', 'dog', 'cow'], photos, options: {} },
      origin: { run: null, masks: 'run', split: null, photos: PHOTOS, corrected: 0, missing: [] },
      out: join(folder, 'out', id),
      pool,
    })
    const seconds = (performance.now() - start) / 1000
    const { user, system } = process.cpuUsage(before)
    rows.push({
      format: id,
      seconds: Number(seconds.toFixed(1)),
      'masks/s': Math.round(PHOTOS / seconds),
      'CPU ms a mask': Number(((user + system) / 1000 / PHOTOS).toFixed(1)),
    })
    rmSync(join(folder, 'out', id), { recursive: true })
  }
  report(`Export of ${PHOTOS} masks`, rows)
} finally {
  await pool.close()
  rmSync(folder, { recursive: true, force: true })
}

/** Rings of three classes, void round them. */
function blobsOf(seed: number): Uint8Array {
  const labels = new Uint8Array(SIZE.width * SIZE.height)
  for (let n = 0; n < 10; n++) {
    const [x, y] = [50 + ((n * 7919 + seed * 101) % 400), 50 + ((n * 104_729 + seed * 211) % 275)]
    for (let dy = -40; dy <= 40; dy++)
      for (let dx = -40; dx <= 40; dx++) {
        const distance = Math.hypot(dx, dy)
        if (distance > 40 || distance < 10) continue
        const at = Math.min(SIZE.height - 1, Math.max(0, y + dy)) * SIZE.width + Math.min(SIZE.width - 1, x + dx)
        labels[at] = distance > 38 ? 255 : 1 + (n % 3)
      }
  }
  return labels
}
