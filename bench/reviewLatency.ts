import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeLabelMap } from '../src/main/artifacts/labelMaps'
import { readConfig } from '../src/main/config'
import { openProject } from '../src/main/db/open'
import { openSession, type ProjectSession } from '../src/main/host/projectSession'
import type { ImportedPhoto } from '../src/shared/contract/import'
import { reviewQueueSchema } from '../src/shared/contract/reviewQueue'
import { report } from './support/measure'
import { percentiles } from './support/percentiles'

/**
 * Milliseconds of what a reviewer waits for in a project of 100,000 photos, each answer on the disk before it counts: the
 * product asks for 100 ms from a decision to the next photo, and for a stroke that is safe within a second.
 *
 * `npm run bench -- reviewLatency [PHOTOS]`
 */
const PHOTOS = Number(process.argv[2] ?? 100_000)
const ROUNDS = 60
const LIMIT_MS = 100
const size = { width: 500, height: 375 }
const large = { width: 4096, height: 4096 }
const strokeBytes = 20_000

const folder = join(mkdtempSync(join(tmpdir(), 'maskwright-review-')), 'project')
try {
  await makeProject()
  const session = openSession(folder, () => readConfig(), () => undefined) // prettier-ignore
  try {
    const rows = await measured(session)
    report(`Review of ${PHOTOS} photos`, rows)
    if (rows.some(row => row['limit ms'] !== '–' && row['p95 ms'] > LIMIT_MS)) process.exitCode = 1
  } finally {
    await session[Symbol.asyncDispose]()
  }
} finally {
  rmSync(join(folder, '..'), { recursive: true, force: true })
}

async function measured(session: ProjectSession) {
  const { review, reviewQueues } = session
  const queue = (order: string) => reviewQueues.page(reviewQueueSchema.parse({ order, states: ['unreviewed'] }))
  const seen = (image: number) => {
    const { mask, journal } = review.photo(image, null)
    return { version: mask.version, revision: journal.revision }
  }
  const painted = (pixels: number, round: number) => new Uint8Array(pixels).fill(1, 0, 1 + round)
  return [
    await row('first page of an order', 3, LIMIT_MS * 30, round => queue(['name', 'tail', 'random'][round]!)),
    await row('accept', ROUNDS, LIMIT_MS, round => review.decide(2 + round, null, 'accept')),
    await row('accept, the next page and the progress', ROUNDS, LIMIT_MS, async round => {
      review.decide(100 + round, null, 'accept')
      await queue('tail')
      review.progress({})
    }),
    await row('open a photo', ROUNDS, LIMIT_MS, round => review.photo(1000 + round, null)),
    await row('a stroke of 20 kB', ROUNDS, LIMIT_MS, () =>
      review.addStroke(3000, null, seen(3000), new Uint8Array(strokeBytes)),
    ),
    await row('save 500 × 375', ROUNDS, LIMIT_MS, round =>
      review.save(3001, null, { ...seen(3001), labels: painted(500 * 375, round), restart: false }),
    ),
    await row('save 4096 × 4096', 5, undefined, round =>
      review.save(1, null, { ...seen(1), labels: painted(4096 * 4096, round), restart: false }),
    ),
  ]
}

async function row(what: string, rounds: number, limit: number | undefined, work: (round: number) => unknown) {
  const times: number[] = []
  for (let round = 0; round < rounds; round++) {
    const start = performance.now()
    await work(round)
    times.push(performance.now() - start)
  }
  return { what, ...percentiles(times, 1), 'limit ms': limit ?? '–' }
}

/** The first photo is large; the others share a few masks, as their rows are what takes time. */
async function makeProject(): Promise<void> {
  const photo = (i: number): ImportedPhoto => {
    const stem = `photo-${String(i).padStart(6, '0')}`
    const file = { path: `/photos/${i}.jpg`, bytes: 1, mtimeMs: 0, sha256: stem, ...(i === 0 ? large : size) }
    return { stem, ...file, split: 'train', present: [i % 20, (i * 7) % 20].sort(), unknown: [] } // prettier-ignore
  }
  const project = openProject(folder, { create: true })
  const classes = Array.from({ length: 20 }, (_, place) => `class ${place}`)
  project.imports.store(classes, Array.from({ length: PHOTOS }, (_, i) => photo(i))) // prettier-ignore
  const steps = [{ name: 'masks', method: 'threshold', options: { threshold: 0.3 } }]
  const recipe = { title: 'Masks', steps: [{ name: 'import', method: 'import', options: { folder: '.' } }, { name: 'masks', method: 'threshold', from: { scores: 'import' } }] } // prettier-ignore
  const run = project.runs.create({ name: 'Masks', recipe, seed: 1, split: 'all', datasetHash: '', steps })
  const blobs = await Promise.all(
    [large, size].map(each =>
      writeLabelMap(project.blobFolder, { labels: new Uint8Array(each.width * each.height), ...each }),
    ),
  )
  const artifact = { runId: run.id, step: 'masks', kind: 'labels' }
  project.artifacts.record(
    Array.from({ length: PHOTOS }, (_, i) => ({ ...artifact, imageId: i + 1, blob: blobs[i === 0 ? 0 : 1]! })),
  )
  project.runs.setStepState(run.id, 'masks', 'done', {})
  project.runs.setState(run.id, 'done')
  project.close()
}
