import { expect, test } from 'vitest'
import type { FigureOrigin } from '../contract/evaluation'
import { originLines } from './originLines'
import { defaultScoreRules } from './scoreRules'

const plain: FigureOrigin = {
  ...{ run: 1, runName: 'first', step: 'masks', seed: 7, split: 'val', subset: null, images: 12 },
  ...{ photosHash: 'p', datasetHash: 'd'.repeat(64), truthHash: 't'.repeat(64), mapsHash: 'm', voidRule: 'v' },
  ...{ editedMasks: 0, rules: defaultScoreRules, withoutMask: [], withoutTruth: 0, methods: {}, settings: {} },
  summary: {},
}

test('plain figures need a line: photos, dataset and truth', () => {
  expect(originLines(plain)).toEqual(['12 photos of split val, dataset dddddddddddd, truth tttttttttttt'])
})

test('what a person has to do with figures is said, and which truth photos lack', () => {
  const truth = { kind: 'corrections', corrected: 1 } as const
  const lines = originLines({ ...plain, images: 1, truth, masks: 'corrected', editedMasks: 0.25, withoutTruth: 3 })
  expect(lines.slice(1)).toEqual([
    "a person's masks where there are any, else the step's",
    '25.0 % of the masks corrected by hand',
    "measured against a person's corrections on 1 of 1 photo",
    '3 photos without an accepted or edited mask, in no figure',
  ])
  const both = originLines({ ...plain, truth: { kind: 'both', corrected: 4 }, withoutTruth: 1 })
  expect(both.slice(1)).toEqual([
    "measured against a person's corrections on 4 of 12 photos",
    '1 photo without ground truth or an accepted or edited mask, in no figure',
  ])
})

test('a threshold says how it was chosen, and photos without a mask are named', () => {
  const summary = { threshold: 0.4, chosenOn: 'truth', chosenOnPhotos: 12 }
  const choice = { step: 'masks', values: { threshold: 0.4 }, chosenOn: 'truth', photos: 12 } as const
  const own = { ...plain, summary, choices: [{ ...choice, measured: 12 }], withoutMask: ['a', 'b'] }
  expect(originLines(own).slice(1)).toEqual([
    'threshold 0.40, chosen on the ground truth of the photos it is reported on, which flatters it',
    '2 photos without a mask, in no figure: a, b',
  ])
  expect(originLines({ ...plain, summary, choices: [{ ...choice, measured: 0 }] }).slice(1)).toEqual([
    'threshold 0.40, chosen on the ground truth of other photos',
  ])
})
