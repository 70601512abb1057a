import { expect, test } from 'vitest'
import { changesEstimate } from './changesEstimate'

test('an estimate is asked for again when what it rests on is different: engine, photos, labels, what runs have made', () => {
  expect(changesEstimate({ type: 'settings' }, 'pets')).toBe(true)
  expect(changesEstimate({ type: 'reset' }, 'pets')).toBe(true)
  expect(changesEstimate({ type: 'dataset', project: 'pets' }, 'pets')).toBe(true)
  expect(changesEstimate({ type: 'run', project: 'pets', event: { type: 'removed', runId: 1 } }, 'pets')).toBe(true)
  const done = { type: 'step', runId: 1, step: 'cam', place: 0, steps: 2, state: 'done' } as const
  expect(changesEstimate({ type: 'run', project: 'pets', event: done }, 'pets')).toBe(true)
})

test('it is not for another project, nor for each line that a run writes or stroke that a person paints', () => {
  expect(changesEstimate({ type: 'dataset', project: 'birds' }, 'pets')).toBe(false)
  expect(changesEstimate({ type: 'run', project: 'birds', event: { type: 'removed', runId: 1 } }, 'pets')).toBe(false)
  const line = { type: 'log', runId: 1, step: null, line: 'epoch 1' } as const
  expect(changesEstimate({ type: 'run', project: 'pets', event: line }, 'pets')).toBe(false)
  expect(changesEstimate({ type: 'review', project: 'pets', image: 1 }, 'pets')).toBe(false)
  expect(changesEstimate({ type: 'projects' }, 'pets')).toBe(false)
})
