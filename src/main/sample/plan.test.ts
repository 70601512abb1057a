import { expect, test } from 'vitest'
import { planPhotos } from './plan'
import { classCounts, sampleClasses } from './sampleClasses'
import { scenes } from './scenes'

const seeds = [1, 2, 3, 4, 5, 6, 7, 8]
const indexOf = (name: string): number => sampleClasses.findIndex(entry => entry.name === name)

test('160 photos follow the long tail 100 … 6', () => {
  expect(classCounts(160)).toEqual([100, 62, 42, 29, 21, 15, 11, 8, 6])
})

test.each(seeds)('seed %i: each class is in exactly as many photos as the tail says', seed => {
  const plan = planPhotos(160, seed)
  const shown = sampleClasses.map((_, index) => plan.filter(photo => photo.classes.includes(index)).length)
  expect(shown).toEqual(classCounts(160))
})

test.each([24, 40, 97, 160, 400])('%i photos: each shows one to four classes, each where it belongs', photos => {
  for (const seed of seeds)
    for (const { scene, classes } of planPhotos(photos, seed)) {
      expect(classes.length).toBeGreaterThanOrEqual(1)
      expect(classes.length).toBeLessThanOrEqual(4)
      for (const index of classes) expect(Object.keys(scenes[scene].homes)).toContain(sampleClasses[index]!.name)
    }
})

test.each(seeds)('seed %i: boats are always at sea, horses mostly in a meadow, and some seas are empty', seed => {
  const plan = planPhotos(160, seed)
  const scenesOf = (name: string): string[] =>
    plan.filter(photo => photo.classes.includes(indexOf(name))).map(photo => photo.scene)
  expect(new Set(scenesOf('boat'))).toEqual(new Set(['sea']))
  expect(new Set(scenesOf('train'))).toEqual(new Set(['railway']))
  expect(new Set(scenesOf('cup'))).toEqual(new Set(['kitchen']))
  expect(scenesOf('horse').filter(scene => scene === 'meadow').length / scenesOf('horse').length).toBeGreaterThan(0.7)
  expect(new Set(scenesOf('dog')).size).toBeGreaterThanOrEqual(4)
  const seas = plan.filter(photo => photo.scene === 'sea')
  expect(seas.filter(photo => !photo.classes.includes(indexOf('boat'))).length).toBeGreaterThanOrEqual(1)
})

test('the same seed gives the same plan and another seed another', () => {
  expect(planPhotos(60, 5)).toEqual(planPhotos(60, 5))
  expect(planPhotos(60, 5)).not.toEqual(planPhotos(60, 6))
})
