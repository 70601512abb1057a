import { expect, test } from 'vitest'
import { tinyMethods } from '../../../tests/fixtures/methods/tiny'
import { findLabelStep, findScoreStep, upstream } from './findStep'
import { checkRecipe } from './recipes'

const plan = checkRecipe(
  {
    title: 'Two seeds',
    steps: [
      { method: 'learn' },
      { name: 'cam', method: 'seeds' },
      { name: 'lpcam', method: 'seeds' },
      { name: 'alone', method: 'seeds' },
      { name: 'cam-masks', method: 'cut', from: { scores: 'cam' } },
      { name: 'lpcam-masks', method: 'cut', from: { scores: 'lpcam' } },
    ],
  },
  tinyMethods,
)
const labels = (name?: string) => findLabelStep(plan, name, tinyMethods).name
const scores = (name?: string) => findScoreStep(plan, name, tinyMethods).name

test('naming a seed step means the label maps made from it', () => {
  expect(labels('cam')).toBe('cam-masks')
  expect(labels('lpcam-masks')).toBe('lpcam-masks')
  expect(labels()).toBe('lpcam-masks')
})

test('naming a step of label maps means the scores it was made from', () => {
  expect(scores('cam-masks')).toBe('cam')
  expect(scores('lpcam')).toBe('lpcam')
  expect(scores()).toBe('alone')
})

test('a step that has none is named with those that have', () => {
  expect(() => labels('learn')).toThrow(
    'No step makes label maps from "learn". With label maps: cam-masks, lpcam-masks.',
  )
  expect(() => labels('alone')).toThrow('No step makes label maps from "alone".')
  expect(() => scores('learn')).toThrow('"learn" has no score maps. Steps with score maps: cam, lpcam, alone.')
  expect(() => labels('lpcma')).toThrow('The run has no step "lpcma": did you mean "lpcam"?')
})

test('what a figure depends on is the step and all it was made from', () => {
  const step = findLabelStep(plan, 'cam', tinyMethods)
  expect(upstream(plan, step).map(({ name }) => name)).toEqual(['learn', 'cam', 'cam-masks'])
})
