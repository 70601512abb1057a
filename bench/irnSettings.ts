import { createHash } from 'node:crypto'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { blobPath } from '../src/main/artifacts/blobStore'
import { builtFile } from '../src/main/builtFile'
import { readConfig, threadCounts } from '../src/main/config'
import { openProject } from '../src/main/db/open'
import confident from '../src/main/methods/confident/method'
import type { ImageArtifact, MethodContext, StepReference } from '../src/main/methods/context'
import type { MethodDefinition } from '../src/main/methods/defineMethod'
import densecrf from '../src/main/methods/densecrf/scores/method'
import irn from '../src/main/methods/irn/method'
import { createPool } from '../src/main/pool/pool'
import { scorePaths } from '../src/main/pool/scoredPhotos'
import { addConfusion } from '../src/shared/metrics/confusion'
import { scoresFromConfusion } from '../src/shared/metrics/scores'
import { addToSweep, bestThreshold, emptySweep, sweepCurve } from '../src/shared/metrics/sweep'
import { benchEngine, report } from './support/measure'
import { everyOption, hasOption, option } from './support/options'

/**
 * What IRN makes of a run's score maps, one option after the other changed, against the ground truth: the maps after
 * their walk cut at the best threshold, and with `--crf` the same behind a dense CRF; the maps before, likewise.
 * Variants that differ in the walk alone share one training.
 * `--every K`: every K-th photo only, to train on and to measure.
 *
 *   npm run bench -- irnSettings --project DIR --run N --step NAME [--every K] [--seeds 666,1,2] [--crf] [--set '{"irn":{"beta":4}}' …]
 */
type Variant = Partial<Record<'confident' | 'irn', Readonly<Record<string, unknown>>>>
const given = everyOption('set').map(set => JSON.parse(set) as Variant)
const variants: readonly Variant[] = given.length > 0 ? given : [
  {},
  ...[3, 20].map(epochs => ({ irn: { epochs } })),
  ...[1, 4, 20].map(beta => ({ irn: { beta } })),
  ...[4, 6, 10].map(walkDoublings => ({ irn: { walkDoublings } })),
  ...[3, 8].map(walkRadius => ({ irn: { walkRadius } })),
  ...[5, 15].map(trainRadius => ({ irn: { trainRadius } })),
  ...[240, 480].map(longestSide => ({ irn: { longestSide, crop: longestSide } })),
  { confident: { longestSide: 320 } },
  { confident: { iterations: 0 } },
  { confident: { foreground: 0.45, background: 0.25 } },
  { confident: { foreground: 0.3, background: 0.05 } },
] // prettier-ignore

benchEngine()
const folder = mkdtempSync(join(tmpdir(), 'maskwright-irn-'))
const blobFolder = join(folder, 'blobs')
const project = openProject(option('project', '.'), { readOnly: true })
const pool = createPool({ threads: threadCounts(readConfig()).pool, script: builtFile('poolWorker.js') })
const all = project.dataset()
const dataset = { ...all, images: all.images.filter((_, place) => place % Number(option('every', '1')) === 0) }
const classes = dataset.classes.length
const run = Number(option('run', '1'))
const seeds: StepReference = {
  step: option('step', 'lpcam'),
  ...{ method: '', outputs: ['scores'], folder, options: {} },
  artifacts: project.artifacts.listForStep(run, option('step', 'lpcam'), 'scores') as readonly ImageArtifact[],
}
// What the steps make stays out of the project: its maps are copied.
for (const { blob } of seeds.artifacts) {
  mkdirSync(dirname(blobPath(blobFolder, blob)), { recursive: true })
  copyFileSync(blobPath(project.blobFolder, blob), blobPath(blobFolder, blob))
}
let steps = 0

/** Runs one method as a step of a run does, on blobs of its own. */
async function step(
  definition: MethodDefinition,
  set: object,
  inputs: MethodContext['inputs'],
  seed: number,
  stepFolder = mkdtempSync(join(folder, `${++steps}-`)),
) {
  const artifacts: ImageArtifact[] = []
  const context: MethodContext = {
    ...{ dataset, seed, attempt: 1, signal: new AbortController().signal, inputs, folder: stepFolder, blobFolder },
    ...{ cacheFolder: folder, cacheBudget: 0, pool, existing: [], progress: () => undefined, metric: () => undefined },
    log: line => console.error(`  ${line}`),
    artifact: artifact => artifacts.push(artifact),
    checkpoint: () => Promise.resolve(),
  }
  const { summary } = await (await definition.load()).run(definition.options.parse(set), context)
  const { id: method, outputs } = definition
  const reference: StepReference = { step: method, method, outputs, folder: stepFolder, options: {}, artifacts }
  return { reference, summary }
}

const percent = (share: number | null) => Number((100 * (share ?? 0)).toFixed(2))

/** The best threshold of score maps, and the mIoU there. */
async function best(artifacts: readonly ImageArtifact[]) {
  const paths = new Map([...scorePaths(artifacts, blobFolder)])
  const sweep = emptySweep(classes)
  for (const { id, truth } of dataset.images)
    if (truth !== undefined && paths.has(id))
      addToSweep(sweep, await pool.run('sweepHistogram', { scores: paths.get(id)!, truth, classes }))
  const { threshold, scores } = bestThreshold(sweepCurve(sweep))
  return { threshold, mIoU: percent(scores.meanIou.value) }
}

async function meanIou(artifacts: readonly ImageArtifact[]): Promise<number> {
  const total = new Float64Array((classes + 1) ** 2)
  const truths = new Map(dataset.images.map(({ id, truth }) => [id, truth]))
  for (const { imageId, blob } of artifacts) {
    const input = { labels: blobPath(blobFolder, blob), truth: truths.get(imageId)!, classes }
    addConfusion(total, (await pool.run('confusion', input)).matrix)
  }
  return percent(scoresFromConfusion(total).meanIou.value)
}

/** A row of the report: maps cut at their best threshold, and behind a dense CRF from there. */
async function measured(set: string, maps: StepReference, seed: number): Promise<Record<string, string | number>> {
  const row = { set, seed, ...(await best(maps.artifacts)) }
  if (!hasOption('crf')) return row
  const { reference } = await step(densecrf, { threshold: row.threshold }, { scores: maps }, seed)
  return { ...row, 'mIoU + CRF': await meanIou(reference.artifacts) }
}

try {
  const rows: Record<string, string | number>[] = [await measured('before', seeds, 0)]
  console.log(rows[0])
  const sure = new Map<string, Awaited<ReturnType<typeof step>>>()
  for (const set of variants)
    for (const seed of option('seeds', '666').split(',').map(Number)) {
      const key = JSON.stringify(set.confident ?? {})
      const labels = sure.get(key) ?? (await step(confident, set.confident ?? {}, { scores: seeds }, seed))
      sure.set(key, labels)
      const { walkRadius, beta, walkDoublings, ...training } = set.irn ?? {}
      for (const ofWalk of [walkRadius, beta, walkDoublings]) void ofWalk
      // In a folder that has a trained network the step goes on from it.
      const stepFolder = join(
        folder,
        createHash('sha256')
          .update(JSON.stringify([key, training, seed]))
          .digest('hex'),
      )
      mkdirSync(stepFolder, { recursive: true })
      const walked = await step(irn, set.irn ?? {}, { scores: seeds, labels: labels.reference }, seed, stepFolder)
      const { trainSeconds, walkSeconds } = walked.summary
      const row = await measured(JSON.stringify(set), walked.reference, seed)
      rows.push({ ...row, 'train s': Number(trainSeconds ?? 0), 'walk s': Number(walkSeconds) })
      console.log(rows.at(-1))
    }
  report(`IRN on the maps of run ${run}, step ${option('step', 'lpcam')}, ${dataset.images.length} photos`, rows)
} finally {
  await pool.close()
  project.close()
  rmSync(folder, { recursive: true, force: true })
}
