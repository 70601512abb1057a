import { expect, test } from 'vitest'
import { tinyMethods } from '../../../tests/fixtures/methods/tiny'
import { checkDraft } from './recipeDraft'

const check = (...steps: object[]) => checkDraft({ title: 'Draft', steps }, tinyMethods)

test('a draft without a problem has a plan', () => {
  const { plan, problems } = check({ method: 'learn' }, { method: 'seeds' })
  expect(problems).toEqual([])
  expect(plan?.steps.map(({ name, from }) => [name, from])).toEqual([
    ['learn', {}],
    ['seeds', { classifier: 'learn' }],
  ])
})

test('all that is wrong is said, each at its step and option', () => {
  const { plan, problems } = check(
    { method: 'learn', options: { rounds: 0, pace: -1, rouns: 3 } },
    { method: 'seeds', options: { tau: 2 }, from: { classifier: 'lern' } },
  )
  expect(plan).toBeNull()
  expect(problems.map(({ step, field, message }) => [step, field, message])).toEqual([
    [0, 'rouns', 'learn has no option "rouns": did you mean "rounds"?'],
    [0, 'rounds', 'learn.rounds must be ≥ 1, got 0.'],
    [0, 'pace', 'learn.pace must be ≥ 0, got -1.'],
    [1, 'tau', 'seeds.tau must be ≤ 1, got 2.'],
    [1, 'from.classifier', 'seeds takes classifier from "lern", which is no step before it: did you mean "learn"?'],
  ])
})

test('an unknown method, a name that is taken and an input that nobody gives are problems of their steps', () => {
  const { problems } = check({ method: 'cut' }, { method: 'lern' }, { method: 'learn' }, { method: 'learn' })
  expect(problems.map(({ step, field }) => [step, field])).toEqual([
    [0, 'from.scores'],
    [1, null],
    [3, 'name'],
  ])
})

test('what is no recipe at all is one problem', () => {
  expect(checkDraft({ title: '', steps: [] }, tinyMethods).problems).toEqual([
    { step: null, field: null, message: expect.stringContaining('The recipe cannot be used') as string },
  ])
})
