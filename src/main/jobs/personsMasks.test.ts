import { expect, onTestFinished, test } from 'vitest'
import { ownThread, reviewProject } from '../../../tests/helpers/reviewProject'
import { comparability } from '../../shared/metrics/comparability'
import { defaultScoreRules } from '../../shared/metrics/scoreRules'
import type { PoolWorkContext } from '../pool/forEachInPool'
import { evaluate, type EvaluateOptions } from './evaluate'
import { planSubsetSweep } from './subsetSweep'

const size = { width: 4, height: 4 }
const work: PoolWorkContext = { pool: ownThread, progress: () => undefined, checkpoint: () => Promise.resolve() }
const half = Uint8Array.from({ length: 16 }, (_, i) => (i < 8 ? 1 : 0))
const whole = new Uint8Array(16).fill(1)
const maps = { keys: Int32Array.of(0), maps: new Float32Array(16).fill(0.9), ...size }

/** Photo 1 has ground truth, the whole of it, and half a mask; photo 2 has none and half a mask. */
async function made() {
  const reviewed = await reviewProject(['cat'], size, [
    { stem: 'a', labels: [0], truth: whole, mask: half, maps },
    { stem: 'b', labels: [0], mask: half, maps },
  ])
  const { project, desk } = reviewed
  onTestFinished(() => project.close())
  const run = project.runs.get(reviewed.run)
  const measured = (options: Partial<EvaluateOptions> = {}) =>
    evaluate(project, run, { step: 'masks', rules: defaultScoreRules, ...options }, work)
  const correct = (image: number, labels: Uint8Array) => {
    const { mask, journal } = desk.photo(image, null)
    const seen = { version: mask.version, revision: journal.revision }
    return desk.save(image, null, { ...seen, labels, restart: false, decision: 'accept' })
  }
  return { ...reviewed, run, measured, correct }
}

test('what corrections do for the figures: the step’s masks and a person’s against the same truth', async () => {
  const { measured, correct } = await made()
  await correct(1, whole)
  const before = await measured()
  const after = await measured({ masks: 'corrected' })
  expect([before.scores.perClass[1]!.iou, after.scores.perClass[1]!.iou]).toEqual([0.5, 1])
  expect([before.editedMasks, after.editedMasks]).toEqual([0, 1])
  expect([before.masks, after.masks]).toEqual([undefined, 'corrected'])
  expect(before.id).not.toBe(after.id)
  expect(comparability(before, after).reasons.map(({ about }) => about)).toContain('edits')
})

test('a mask that was accepted as it was is nobody’s edit', async () => {
  const { measured, desk, project } = await made()
  const before = await measured()
  desk.decide(1, null, 'accept')
  const after = await measured({ masks: 'corrected' })
  expect(after.editedMasks).toBe(0)
  expect(project.evaluations.get(before.id!).masks).toBeUndefined()
})

test('corrections are truth where a figure says so, and drafts and rejected masks never', async () => {
  const { measured, correct, desk } = await made()
  await expect(measured({ truth: 'corrections' })).rejects.toThrow(/None of the 2 photos has a mask that was accepted/)
  await correct(2, whole)
  const person = await measured({ truth: 'corrections' })
  expect(person).toMatchObject({ images: 1, withoutTruth: 1, truth: { kind: 'corrections', corrected: 1 } })
  expect(person.scores.perClass[1]!.iou).toBe(0.5)
  const both = await measured({ truth: 'both' })
  expect(both).toMatchObject({ images: 2, withoutTruth: 0, truth: { kind: 'both', corrected: 1 } })
  const { comparable, reasons } = comparability(both, await measured())
  expect([comparable, reasons[0]!.about]).toEqual([false, 'photos'])
  desk.decide(2, null, 'reject')
  await expect(measured({ truth: 'corrections' })).rejects.toThrow(/accepted or edited/)
})

test('the threshold lab measures against corrections, and keeps the two apart', async () => {
  const { project, run, correct } = await made()
  await correct(2, half)
  const plan = (truth: 'ground_truth' | 'corrections' | 'both') => planSubsetSweep(project, run, 'import', {}, truth)
  const judged = (truth: 'ground_truth' | 'corrections' | 'both') =>
    plan(truth).photos.map(photo => photo.truth !== null)
  expect(judged('ground_truth')).toEqual([true, false])
  expect(judged('corrections')).toEqual([false, true])
  expect(judged('both')).toEqual([true, true])
  expect(plan('corrections').of.hash).not.toBe(plan('both').of.hash)
})
