import { expect, test } from 'vitest'
import { methods } from '../methods/index'
import { estimateSteps, type Experience } from './estimateSteps'
import { checkRecipe } from './recipes'
import { countWork, type EstimateFacts, type StepRecord } from './stepRecord'

/** 100 photos of 320 × 250 px: 8 megapixels at a longest side of 320. */
const pixels = { pixelsAt: () => 8e6, pixelsWithin: () => 8e6 }
const facts: EstimateFacts = { photos: 100, truths: 0, classes: 5, device: 'cpu', ...pixels }
const nothing: Experience = { records: [], slowness: null, cached: new Set() }
const plan = checkRecipe({ title: 'CAM', steps: [{ method: 'classifier' }, { method: 'cam' }, { method: 'lpcam' }] })
const estimate = (experience: Partial<Experience>, given: Partial<EstimateFacts> = {}) =>
  estimateSteps(plan, { ...facts, ...given }, { ...nothing, ...experience }, methods)

/** What CAM of four scales with mirror images takes on the reference machine: 7.5 · 2 · 8 Mpx · 1.1 s, and its maps. */
const camFeatures = 7.5 * 2 * 8 * 1.1
const camMaps = 100 * 4 * 0.03

function camRecord(given: Partial<StepRecord>): StepRecord {
  const work = countWork(plan, plan.steps[1]!, facts, methods)
  return {
    run: 7,
    name: 'CAM',
    method: 'cam',
    photos: 100,
    device: 'cpu',
    work,
    seconds: 0,
    computedShare: 1,
    ...given,
  }
}

test('without experience a step takes what it takes on the reference machine, and the range is wide', () => {
  const cam = estimate({})[1]!
  expect(cam.seconds).toBeCloseTo(camFeatures + camMaps, 6)
  expect(cam).toMatchObject({ basis: 'reference', from: null, cached: 0 })
  expect([cam.low, cam.high]).toEqual([cam.seconds / 4, cam.seconds * 4])
})

test('a machine half as fast takes twice the time', () => {
  const [classifier] = estimate({ slowness: 2 })
  expect(classifier!.seconds).toBeCloseTo(2 * (8 * 1.1 + 3), 6)
  expect(classifier!.basis).toBe('speed')
})

test('an earlier step of the same kind decides: thrice the photos, thrice the time', () => {
  const record = camRecord({ seconds: 70, trunkSeconds: 60 })
  const same = estimate({ records: [record], slowness: 9 })[1]!
  expect(same.seconds).toBeCloseTo(70, 6)
  expect(same).toMatchObject({ basis: 'earlier', from: { run: 7, name: 'CAM', photos: 100 } })
  const more = estimate({ records: [record], slowness: 9 }, { photos: 300, pixelsAt: () => 24e6 })[1]!
  expect(more.seconds).toBeCloseTo(210, 6)
})

test('what an earlier step of the recipe leaves in the cache is not computed again', () => {
  const [, cam, lpcam] = estimate({})
  expect(cam!.cached).toBe(0)
  expect(lpcam!.cached).toBe(1)
  expect(lpcam!.seconds).toBeCloseTo(100 * 4 * 0.033 + 5 * 12 * 0.1, 6)
})

test('features of an earlier run are in the cache too', () => {
  const keys = countWork(plan, plan.steps[1]!, facts, methods).passes.map(({ key }) => key)
  expect(estimate({ cached: new Set(keys) })[1]).toMatchObject({ cached: 1, seconds: camMaps })
})

test('a step whose features were cached says nothing about the speed of the backbone', () => {
  const record = camRecord({ seconds: 12, trunkSeconds: 0, computedShare: 0 })
  const cam = estimate({ records: [record], slowness: 2 })[1]!
  expect(cam.seconds).toBeCloseTo(2 * camFeatures + 12, 6)
  expect(cam.basis).toBe('speed')
})

test('what a GPU took is no measure for the CPU', () => {
  expect(estimate({ records: [camRecord({ seconds: 1, trunkSeconds: 1, device: 'gpu' })] })[1]!.basis).toBe('reference')
})

test('memory is that of an earlier step that had as much on the device at once', () => {
  const record = camRecord({ seconds: 70, trunkSeconds: 60, peakMemory: 2e9 })
  expect(estimate({ records: [record] })[1]!.memory).toBe(2e9)
  expect(estimate({ records: [record] }, { pixelsAt: () => 80e6 })[1]!.memory).not.toBe(2e9)
})

test('a step that is taken over takes no time, and leaves its features to those that are computed', () => {
  const takenOver = new Map(['classifier', 'cam'].map(name => [name, { run: 3 }]))
  const [classifier, cam, lpcam] = estimate({ takenOver })
  expect([classifier, cam]).toMatchObject([0, 1].map(() => ({ seconds: 0, low: 0, high: 0, takenOverFrom: 3 })))
  expect(lpcam).toMatchObject({ cached: 1, takenOverFrom: null })
  expect(lpcam!.seconds).toBeCloseTo(estimate({})[2]!.seconds, 6)
})

test.each(['confident', 'densecrf'])(
  '%s takes as long as the pixels that it works, larger photos brought down',
  method => {
    const steps = [{ method: 'classifier' }, { method: 'cam' }, { method }]
    const recipe = checkRecipe({ title: 'CRF', steps })
    const seconds = (pixels: number) => {
      const asked: (number | null)[] = []
      const pixelsWithin = (side: number | null) => (asked.push(side), pixels)
      const [, , step] = estimateSteps(recipe, { ...facts, pixelsWithin }, nothing, methods)
      expect(asked).toEqual([1024])
      return step!.seconds
    }
    expect(seconds(80e6)).toBeCloseTo(10 * seconds(8e6), 6)
  },
)
