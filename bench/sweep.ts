import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig, threadCounts } from '../src/main/config'
import { readLabelMap, writeLabelMap } from '../src/main/artifacts/labelMaps'
import { readScoreMaps, writeScoreMaps } from '../src/main/artifacts/scoreMaps'
import { blobPath } from '../src/main/artifacts/blobStore'
import { builtFile } from '../src/main/builtFile'
import { openProject } from '../src/main/db/open'
import { checkRecipe } from '../src/main/jobs/recipes'
import { planSubsetSweep, sweepSubset } from '../src/main/jobs/subsetSweep'
import { createPool } from '../src/main/pool/pool'
import { confusion } from '../src/shared/metrics/confusion'
import { sweepThresholds } from '../src/shared/metrics/sweep'
import { labelsFromScores } from '../src/shared/raster/labelsFromScores'
import { report } from './support/measure'

/**
 * 101 thresholds on 500 photos of 500 × 375 with 20 classes, from stored maps to figures and proxies, in the pool as the
 * workbench has it; the product asks for 5 s. The peer cuts and counts every photo at every threshold, on one thread,
 * measured on some of the photos and multiplied.
 */
const PHOTOS = 500
const PEER_PHOTOS = 10
const CLASSES = 20
const SIZE = { width: 500, height: 375 }
const MAP = { width: 125, height: 94 }

const folder = mkdtempSync(join(tmpdir(), 'maskwright-bench-'))
const project = openProject(join(folder, 'project'), { create: true })
const { pool: threads } = threadCounts(readConfig())
const pool = createPool({ threads, script: builtFile('poolWorker.js') })
try {
  const { run, blobs } = await makeProject()
  const planned = planSubsetSweep(project, run, 'import', {})
  const work = { pool, progress: () => undefined, checkpoint: () => Promise.resolve() }
  await sweepSubset(project, { ...planned, photos: planned.photos.slice(0, 20) }, work) // the threads start
  const { seconds } = await sweepSubset(project, planned, work)
  const peer = await direct(blobs.slice(0, PEER_PHOTOS))
  report('101 thresholds on 500 photos of 500 × 375', [
    {
      'sweep s': seconds.toFixed(2),
      'limit s': 5,
      'pool threads': threads,
      'ms a photo': ((seconds * 1000) / PHOTOS).toFixed(1),
      'one by one s': ((peer * PHOTOS) / PEER_PHOTOS).toFixed(0),
      ratio: ((peer * PHOTOS) / PEER_PHOTOS / seconds).toFixed(0),
    },
  ])
} finally {
  await pool.close()
  project.close()
  rmSync(folder, { recursive: true, force: true })
}

/** Seconds of 101 label maps and their confusions. */
async function direct(blobs: readonly { readonly maps: string; readonly truth: string }[]): Promise<number> {
  const start = performance.now()
  for (const { maps, truth } of blobs) {
    const scores = await readScoreMaps(blobPath(project.blobFolder, maps))
    const { labels } = await readLabelMap(blobPath(project.blobFolder, truth))
    for (const threshold of sweepThresholds) confusion(labels, labelsFromScores(scores, SIZE, threshold), CLASSES)
  }
  return (performance.now() - start) / 1000
}

/** A project with a finished run; photos have one to three classes, maps and truth are blobs of noise-edged discs. */
async function makeProject() {
  const blobs: { readonly maps: string; readonly truth: string }[] = []
  const photos = []
  for (let n = 0; n < PHOTOS; n++) {
    const present = [n % CLASSES, (n * 7 + 3) % CLASSES, (n * 11 + 5) % CLASSES].slice(0, 1 + (n % 3))
    const classes = [...new Set(present)].sort((a, b) => a - b)
    const maps = { keys: Int32Array.from(classes), ...MAP, maps: discs(classes, MAP, n) }
    const scores = { ...maps, photoWidth: SIZE.width, photoHeight: SIZE.height }
    const truth = await writeLabelMap(project.blobFolder, { labels: truthOf(classes, n), ...SIZE }, 'derived')
    blobs.push({ maps: (await writeScoreMaps(project.blobFolder, scores)).blob, truth })
    const file = { stem: `p${n}`, path: join(folder, `${n}.jpg`), bytes: 1, mtimeMs: 0, sha256: String(n), split: 'train' } // prettier-ignore
    photos.push({ ...file, ...SIZE, present: classes, unknown: [], truth: { blob: truth, pixels: {} } })
  }
  project.imports.store(
    Array.from({ length: CLASSES }, (_, i) => `class ${i}`),
    photos,
  )
  const recipe = checkRecipe({ title: 'maps', steps: [{ method: 'import' }, { method: 'threshold' }] })
  const run = project.runs.create({ name: 'maps', recipe, seed: 1, split: 'all', datasetHash: '', steps: recipe.steps })
  const row = (stem: string, blob: string) => ({ runId: run.id, step: 'import', kind: 'scores', imageId: project.images.findByStem(stem)!.id, blob }) // prettier-ignore
  project.artifacts.record(blobs.map(({ maps }, n) => row(`p${n}`, maps)))
  return { run, blobs }
}

/** Scores that fall off around one centre a class, with a little noise, largest 1. */
function discs(classes: readonly number[], { width, height }: typeof MAP, seed: number): Float32Array {
  return Float32Array.from({ length: classes.length * width * height }, (_, i) => {
    const channel = Math.floor(i / (width * height))
    const [x, y] = [i % width, Math.floor(i / width) % height]
    const [cx, cy] = [width * (0.25 + 0.25 * channel), height * (0.3 + (0.4 * (seed % 5)) / 4)]
    const distance = Math.hypot(x - cx, y - cy) / (0.4 * height)
    return Math.max(0, Math.min(1, 1.05 - distance + (((i * 7919 + seed) % 101) - 50) / 1000))
  })
}

function truthOf(classes: readonly number[], seed: number): Uint8Array {
  return Uint8Array.from({ length: SIZE.width * SIZE.height }, (_, i) => {
    const [x, y] = [i % SIZE.width, Math.floor(i / SIZE.width)]
    const at = classes.findIndex((_, channel) => {
      const [cx, cy] = [SIZE.width * (0.25 + 0.25 * channel), SIZE.height * (0.3 + (0.4 * (seed % 5)) / 4)]
      return Math.hypot(x - cx, y - cy) < 80 + ((i * 31) % 7)
    })
    return at < 0 ? 0 : Math.hypot(x, y) % 97 < 2 ? 255 : classes[at]! + 1
  })
}
