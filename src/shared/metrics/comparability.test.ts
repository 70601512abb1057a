import { expect, test } from 'vitest'
import { comparability, type Comparable } from './comparability'
import { defaultScoreRules } from './scoreRules'

const figure: Comparable = {
  step: 'masks',
  split: 'val',
  images: 12,
  photosHash: 'photos',
  datasetHash: 'dataset',
  truthHash: 'truth',
  voidRule: 'left out',
  editedMasks: 0,
  rules: defaultScoreRules,
  withoutMask: [],
  summary: { threshold: 0.3, chosenOn: 'given' },
  classes: ['background', 'cat', 'dog'],
}

function reasonsFor(change: Partial<Comparable>) {
  const { comparable, reasons } = comparability(figure, { ...figure, ...change })
  return { comparable, about: reasons.map(({ about }) => about), sentences: reasons.map(({ sentence }) => sentence) }
}

test('figures of the same photos, truth and rules may be compared', () => {
  expect(reasonsFor({})).toEqual({ comparable: true, about: [], sentences: [] })
  expect(reasonsFor({ summary: { threshold: 0.45, chosenOn: 'given' } }).comparable).toBe(true)
})

test('different photos may not', () => {
  const other = { photosHash: 'other', truthHash: 'other', datasetHash: 'other', images: 10, withoutMask: ['a', 'b'] }
  expect(reasonsFor(other)).toEqual({
    comparable: false,
    about: ['photos'],
    sentences: [
      'They were measured on different photos: 12 of split val and 10 of split val. Some photos with truth have no mask.',
    ],
  })
})

test('different classes may not, and the sentence names them', () => {
  expect(reasonsFor({ classes: ['background', 'cat', 'ox', 'yak'] }).sentences).toEqual([
    'The classes differ: the second lacks dog; the first lacks ox, yak.',
  ])
  expect(reasonsFor({ classes: ['background', 'dog', 'cat'] }).sentences).toEqual([
    'The classes stand in another order.',
  ])
  const many = ['background', 'cat', 'dog', 'ant', 'bee', 'cod', 'doe', 'elk']
  expect(reasonsFor({ classes: many }).sentences[0]).toContain('the first lacks ant, bee, cod and 2 more')
})

test('another truth for the same photos may not', () => {
  expect(reasonsFor({ truthHash: 'corrected' })).toMatchObject({ comparable: false, about: ['truth'] })
})

test('another rule for void may not', () => {
  expect(reasonsFor({ voidRule: 'background' })).toMatchObject({ comparable: false, about: ['void'] })
})

test('another share of corrected masks may not', () => {
  expect(reasonsFor({ editedMasks: 0.25 })).toMatchObject({
    comparable: false,
    sentences: ['People corrected 0.0 % of the masks of the first and 25.0 % of the second.'],
  })
})

test('means over other classes and rates of other things may not', () => {
  expect(reasonsFor({ rules: { averaging: 'gt-present', rates: 'seam' } })).toEqual({
    comparable: false,
    about: ['rules', 'rules'],
    sentences: [
      'Means are over different classes: defined and gt-present.',
      'FP and FN are shares of different things: union and seam.',
    ],
  })
})

test('a threshold that was chosen on the truth of these photos is said, and does not part them', () => {
  expect(reasonsFor({ summary: { threshold: 0.4, chosenOn: 'truth' } })).toEqual({
    comparable: true,
    about: ['threshold'],
    sentences: [
      'Only the second one was made with a threshold that was chosen on the ground truth of these photos, which flatters it.',
    ],
  })
})

test('so is one of a step before: the masks that a network was trained on', () => {
  const upstream = { step: 'irn-masks', values: { threshold: 0.4 }, chosenOn: 'truth' as const, photos: 12 }
  expect(reasonsFor({ summary: {}, choices: [{ ...upstream, measured: 12 }] }).about).toEqual(['threshold'])
  expect(reasonsFor({ summary: {}, choices: [{ ...upstream, measured: 0 }] }).about).toEqual([])
})

test('labels that were corrected in between are said, and do not part them', () => {
  expect(reasonsFor({ datasetHash: 'relabelled' })).toMatchObject({ comparable: true, about: ['labels'] })
})

test('what parts them stands before what is only worth knowing', () => {
  const change = { summary: { chosenOn: 'truth' }, truthHash: 'corrected' }
  expect(reasonsFor(change).about).toEqual(['truth', 'threshold'])
})
