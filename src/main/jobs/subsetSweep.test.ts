import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { mapsProject, type MadePhoto } from '../../../tests/helpers/mapsProject'
import { labelsFromScores, type ScoreGrid } from '../../shared/raster/labelsFromScores'
import type { PoolWorkContext } from '../pool/forEachInPool'
import { runTask } from '../pool/tasks'
import { planSubsetSweep, sweepSubset } from './subsetSweep'
import { ResultStore } from './resultStore'

const size = { width: 8, height: 4 }
const work: PoolWorkContext = {
  pool: { threads: 1, run: (name, input) => runTask(name, input) },
  progress: () => undefined,
  checkpoint: () => Promise.resolve(),
}

function ramp(...keys: number[]): ScoreGrid {
  const maps = Float32Array.from({ length: keys.length * 32 }, (_, i) => (((i * 7) % 32) + 1) / 32)
  return { keys: Int32Array.from(keys), maps, ...size }
}
const half = Uint8Array.from({ length: 32 }, (_, i) => (i % 8 < 4 ? 1 : 0))

const photos: readonly MadePhoto[] = [
  { stem: 'a', labels: [0], truth: half, maps: ramp(0), split: 'train' },
  { stem: 'b', labels: [0, 1], maps: ramp(0, 1), split: 'val' },
  { stem: 'c', labels: [1], truth: half.map(label => label * 2), maps: ramp(1), split: 'val' },
  { stem: 'd', labels: [1], split: 'val' },
]

async function made() {
  const { project, run } = await mapsProject(['cat', 'dog'], size, photos)
  onTestFinished(() => project.close())
  const sweep = (subset: object) => sweepSubset(project, planSubsetSweep(project, run, 'import', subset), work)
  return { project, run, sweep }
}

test('a sweep of all photos counts those with maps and those with truth, and names the step that cuts', async () => {
  const { sweep } = await made()
  const { curve, proxies, ...of } = await sweep({})
  expect(of).toMatchObject({
    ...{ run: 1, step: 'import', asked: 4, photos: 3, withTruth: 2, classes: ['background', 'cat', 'dog'] },
    thresholdStep: { name: 'masks', used: 0.3 },
  })
  expect([curve.length, proxies.length]).toEqual([101, 101])
})

test('at each threshold the figures are those of the masks cut there', async () => {
  const { sweep } = await made()
  const { curve, proxies } = await sweep({ text: 'a' })
  for (const { threshold, iou, falsePositives, falseNegatives } of curve) {
    const mask = labelsFromScores(ramp(0), size, threshold)
    const count = (wanted: (truth: number, label: number) => boolean) =>
      mask.filter((label, i) => wanted(half[i]!, label)).length
    const union = count((truth, label) => truth === 1 || label === 1)
    expect(iou[1]).toBeCloseTo(count((truth, label) => truth === 1 && label === 1) / union, 12)
    expect(falsePositives[1]).toBeCloseTo(count((truth, label) => truth === 0 && label === 1) / union, 12)
    expect(falseNegatives[1]).toBeCloseTo(count((truth, label) => truth === 1 && label === 0) / union, 12)
    expect(proxies[Math.round(threshold * 100)]!.coverage).toBe(mask.filter(label => label > 0).length / 32)
  }
})

test('without truth there are proxies and no figures', async () => {
  const { sweep } = await made()
  const { curve, proxies, withTruth, photos: swept } = await sweep({ truth: false })
  expect([curve, withTruth, swept]).toEqual([[], 0, 1])
  expect(proxies[0]).toMatchObject({ coverage: 1, labelled: 0.5 }) // both maps are alike: the first class wins everywhere
})

test('each subset has its own hash, which follows the labels that the photos have', async () => {
  const { project, run } = await made()
  const hash = (subset: object) => planSubsetSweep(project, run, 'import', subset).of.hash
  const hashes = [hash({}), hash({ split: 'val' }), hash({ split: 'val', classes: [0] })]
  expect(new Set(hashes).size).toBe(3)
  expect(hash({})).toBe(hashes[0])
  project.labels.correct(project.images.findByStem('c')!.id, project.classes.list()[0]!.id, 'present')
  expect(hash({})).not.toBe(hashes[0])
})

test('a subset without maps is refused with what is the matter', async () => {
  const { project, run } = await made()
  expect(() => planSubsetSweep(project, run, 'import', { text: 'zebra' })).toThrow('No photo of this run fits')
  expect(() => planSubsetSweep(project, run, 'import', { text: 'd' })).toThrow('no map of the 1 photos')
  project.runs.setStepState(run.id, 'import', 'running')
  expect(() => planSubsetSweep(project, run, 'import', {})).toThrow('still making its maps')
})

test('a kept sweep is found again, also by the next session, and a deleted or damaged cache is no mistake', async () => {
  const { project, sweep } = await made()
  const whole = await sweep({})
  await new ResultStore(project, 'sweeps').keep(whole)
  expect(await new ResultStore(project, 'sweeps').find(whole.hash)).toEqual(whole)
  rmSync(project.cacheFolder, { recursive: true })
  expect(await new ResultStore(project, 'sweeps').find(whole.hash)).toBeUndefined()
  const readOnly = new ResultStore({ cacheFolder: join(project.cacheFolder, 'elsewhere'), readOnly: true }, 'sweeps')
  await readOnly.keep(whole)
  expect(await readOnly.find(whole.hash)).toEqual(whole)
  expect(() => readdirSync(join(project.cacheFolder, 'elsewhere'))).toThrow('ENOENT')
})
