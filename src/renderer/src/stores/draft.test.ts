import { expect, test } from 'vitest'
import type { MethodForm } from '../../../shared/contract/recipeForm'
import { addStep, changesOf, draftOf, recipeOf, removeStep, withOption, withoutDefaults } from './draft'

const field = (key: string, usual: unknown) =>
  ({ key, control: 'number', nullable: false, reason: '', main: true, default: usual }) as const
const form = (id: string, ...options: MethodForm['options']): [string, MethodForm] => [
  id,
  { id, kind: 'seed', title: id, inputs: [], optionalInputs: [], outputs: [], options, presets: {} },
]
const methods = new Map([form('cam', field('epsilon', 0.1), field('scales', [1, 2])), form('threshold')])
const draft = draftOf({
  recipe: null,
  title: 'CAM',
  steps: [
    { method: 'cam', options: { epsilon: 0.5, scales: [1, 2] } },
    { name: 'masks', method: 'threshold', from: { scores: 'cam' } },
  ],
})

test('of a run’s recipe only what differs from the defaults is kept', () => {
  expect(withoutDefaults(draft, methods).steps[0]!.options).toEqual({ epsilon: 0.5 })
  expect(changesOf(draft, methods)).toBe(1)
})

test('an option that is set back is not asked for any more', () => {
  const set = withOption(draft, 0, 'epsilon', 0.7)
  expect(recipeOf(set).steps[0]!.options).toEqual({ scales: [1, 2], epsilon: 0.7 })
  expect(recipeOf(withOption(set, 0, 'epsilon', undefined)).steps[0]!.options).toEqual({ scales: [1, 2] })
})

test('a second step of a method gets a name that is free', () => {
  expect(addStep(addStep(draft, 'cam'), 'cam').steps.map(({ name }) => name)).toEqual([
    'cam',
    'masks',
    'cam-2',
    'cam-3',
  ])
})

test('nothing takes from a step that is gone', () => {
  expect(removeStep(draft, 0).steps).toEqual([{ name: 'masks', method: 'threshold', options: {}, from: {} }])
})
