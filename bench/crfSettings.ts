import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig, threadCounts } from '../src/main/config'
import { blobPath } from '../src/main/artifacts/blobStore'
import { builtFile } from '../src/main/builtFile'
import { openProject } from '../src/main/db/open'
import { denseCrfOptions } from '../src/main/methods/densecrf/scores/options'
import { evidenceOf } from '../src/main/methods/densecrf/scores/evidence'
import { settingsOf } from '../src/main/methods/densecrf/settings'
import densecrf from '../src/main/methods/densecrf/scores/method'
import { chooseThreshold } from '../src/main/pool/chooseThreshold'
import { createPool } from '../src/main/pool/pool'
import { scoredTruths, scorePaths } from '../src/main/pool/scoredPhotos'
import { addConfusion } from '../src/shared/metrics/confusion'
import { scoresFromConfusion } from '../src/shared/metrics/scores'
import { report } from './support/measure'
import { everyOption, option } from './support/options'

/**
 * What the dense CRF makes of a run's score maps, one option after the other changed, against the ground truth.
 *
 *   npm run bench -- crfSettings --project DIR --run N --step NAME [--every K] [--set '{"confidence":0.9}' …]
 *
 * `--every K`: every K-th photo only. `--set`: instead of the list below. A threshold given as `+0.05` is added to the
 * best of the plain masks.
 */
const given = everyOption('set').map(set => JSON.parse(set) as Record<string, unknown>)
const presets = Object.entries(densecrf.presets ?? {}).map(([name, set]) => ({ preset: name, ...set }))
const variants: readonly Readonly<Record<string, unknown>>[] = given.length > 0 ? given : [
  ...presets,
  ...[0.55, 0.6, 0.8, 0.9].map(confidence => ({ confidence })),
  ...[-0.1, -0.05, 0.05, 0.1].map(shift => ({ thresholdShift: shift })),
  ...[0.5, 1, 2, 4].map(sharpness => ({ evidence: 'scores', sharpness })),
  ...[30, 80, 121].map(bilateralSigmaXy => ({ bilateralSigmaXy })),
  ...[3, 8, 13].map(bilateralSigmaRgb => ({ bilateralSigmaRgb })),
  ...[4, 20].map(bilateralWeight => ({ bilateralWeight })),
  ...[0, 6].map(spatialWeight => ({ spatialWeight })),
  ...[1, 3, 20].map(iterations => ({ iterations })),
] // prettier-ignore

const blobFolder = mkdtempSync(join(tmpdir(), 'maskwright-crf-'))
const project = openProject(option('project', '.'), { readOnly: true })
const pool = createPool({ threads: threadCounts(readConfig()).pool, script: builtFile('poolWorker.js') })
try {
  const dataset = project.dataset()
  const artifacts = project.artifacts.listForStep(Number(option('run', '1')), option('step', 'lpcam'))
  const scores = scorePaths(artifacts, project.blobFolder)
  const photos = dataset.images.filter(({ id, truth }, i) => scores.has(id) && truth !== undefined && i % Number(option('every', '1')) === 0) // prettier-ignore
  const classes = dataset.classes.length
  const work = { pool, progress: () => undefined, checkpoint: () => Promise.resolve(), signal: new AbortController().signal } // prettier-ignore
  const best = await chooseThreshold('auto', scoredTruths(photos, scores), classes, work)
  const rows = [{ setting: `none, threshold ${best.threshold}`, ...(await plain(best.threshold)) }]
  for (const { preset, thresholdShift = 0, ...set } of variants) {
    const started = performance.now()
    const options = denseCrfOptions.parse(set)
    const threshold = Math.max(0.01, best.threshold + Number(thresholdShift))
    const figures = await measured(async ({ id, path }) => {
      const input = { photo: path, scores: scores.get(id)!, threshold, evidence: evidenceOf(options), settings: settingsOf(options), longestSide: options.longestSide, blobFolder } // prettier-ignore
      return (await pool.run('crfMask', input)).blob
    })
    const named = preset === undefined ? JSON.stringify({ ...set, ...(thresholdShift === 0 ? {} : { thresholdShift }) }) : `preset ${String(preset)}` // prettier-ignore
    rows.push({ setting: named, ...figures, seconds: Math.round((performance.now() - started) / 1000) })
    console.log(rows.at(-1))
  }
  report(`Dense CRF on ${photos.length} photos, step ${option('step', 'lpcam')}`, rows)

  async function plain(threshold: number) {
    return measured(
      async ({ id }) => (await pool.run('labelMap', { scores: scores.get(id)!, threshold, blobFolder })).blob,
    )
  }

  /** Percent of the masks that `mask` makes. */
  async function measured(mask: (photo: (typeof photos)[number]) => Promise<string>) {
    const total = new Float64Array((classes + 1) ** 2)
    await Promise.all(
      photos.map(async photo => {
        const labels = blobPath(blobFolder, await mask(photo))
        addConfusion(total, (await pool.run('confusion', { labels, truth: photo.truth!, classes })).matrix)
      }),
    )
    const { meanIou, falsePositive, falseNegative } = scoresFromConfusion(total)
    const percent = (mean: { readonly value: number | null }) => Math.round((mean.value ?? 0) * 10_000) / 100
    return { mIoU: percent(meanIou), FP: percent(falsePositive), FN: percent(falseNegative), seconds: 0 }
  }
} finally {
  await pool.close()
  project.close()
  rmSync(blobFolder, { recursive: true, force: true })
}
