import { readFileSync } from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import { ownThread, reviewProject } from '../../../tests/helpers/reviewProject'
import { blobPath } from '../artifacts/blobStore'
import { writeLabelMap } from '../artifacts/labelMaps'
import { decodeLabelPng } from '../media/labelPng'
import type { PoolWorkContext } from '../pool/forEachInPool'
import { planRebase, rebaseCorrections } from './rebaseCorrections'

const size = { width: 2, height: 2 }
const map = (...labels: number[]) => Uint8Array.from(labels)
const work: PoolWorkContext = { pool: ownThread, progress: () => undefined, checkpoint: () => Promise.resolve() }

/** Four photos whose masks run 1 made as all cat; `masks` of run 2 are all dog, of the first three only. */
async function corrected() {
  const stems = ['a', 'b', 'c', 'd']
  const photos = stems.map(stem => ({ stem, labels: [0], mask: map(1, 1, 1, 1) }))
  const made = await reviewProject(['cat', 'dog'], size, photos)
  const { project, desk, run } = made
  onTestFinished(() => project.close())
  const save = (image: number, labels: Uint8Array) =>
    desk.save(image, null, { ...desk.seen(image), labels, restart: false })
  for (const image of [1, 2, 3, 4]) await save(image, map(1, 1, 1, 0))
  const { split, datasetHash } = project.runs.get(run)
  const steps = [{ name: 'masks', method: 'threshold', options: {} }]
  const newer = project.runs.create({ name: 'newer', recipe: { steps: [] }, seed: 1, split, datasetHash, steps })
  const blob = await writeLabelMap(project.blobFolder, { labels: map(2, 2, 2, 2), ...size })
  const artifact = { runId: newer.id, step: 'masks', kind: 'labels', blob }
  project.artifacts.record([1, 2, 3].map(imageId => ({ ...artifact, imageId })))
  project.runs.setStepState(newer.id, 'masks', 'done', {})
  return { ...made, source: { run: newer.id, step: 'masks' } }
}

function labelsOf({ project, desk }: Awaited<ReturnType<typeof corrected>>, image: number): number[] {
  const { blob } = desk.photo(image, null).mask
  return [...decodeLabelPng(readFileSync(blobPath(project.blobFolder, blob!)), 'mask').labels]
}

test('every correction goes onto the newer masks; what cannot says why, and the version before stays below', async () => {
  const made = await corrected()
  const { project, desk, source } = made
  desk.decide(1, null, 'accept')
  await desk.addStroke(2, null, desk.seen(2), Uint8Array.of(7))
  expect(planRebase(project, null)).toEqual({ source, photos: 3, already: 0, without: 1 })

  const report = await rebaseCorrections(project, desk, null, work)
  expect(report).toMatchObject({ source, rebased: 2, left: [{ image: 2, stem: 'b' }] })
  expect(report.left[0]!.why).toMatch(/1 strokes on b are not in its mask yet/)
  expect([1, 2, 3, 4].map(image => labelsOf(made, image))).toEqual([
    [2, 2, 2, 0],
    [1, 1, 1, 0],
    [2, 2, 2, 0],
    [1, 1, 1, 0],
  ])
  expect(desk.photo(1, null)).toMatchObject({ mask: { version: 2, state: 'unreviewed' } })
  desk.restore(1, desk.seen(1), 1)
  expect(labelsOf(made, 1)).toEqual([1, 1, 1, 0])
})

test('cancelled between two photos, it goes on with the others when it is asked again', async () => {
  const { project, desk, source } = await corrected()
  let photos = 0
  const stopping = {
    ...{ ...work, pool: { ...ownThread, threads: 0 } },
    checkpoint: () => (photos++ < 1 ? Promise.resolve() : Promise.reject(new DOMException('stopped', 'AbortError'))),
  }
  await expect(rebaseCorrections(project, desk, source, stopping)).rejects.toThrow('stopped')
  expect(planRebase(project, source)).toMatchObject({ photos: 2, already: 1 })
  expect((await rebaseCorrections(project, desk, source, work)).rebased).toBe(2)
  await expect(rebaseCorrections(project, desk, source, work)).rejects.toThrow(/No photo was corrected on another/)
})
