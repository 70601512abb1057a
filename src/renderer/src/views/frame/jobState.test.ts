import { expect, test } from 'vitest'
import type { ActiveRun } from '../../stores/activity'
import { jobState } from './jobState'

const steps: ActiveRun['steps'] = [
  { state: 'done', startedAt: 0, seconds: 60, expectedSeconds: 60 },
  { state: 'running', startedAt: 60_000, seconds: 0, expectedSeconds: 120 },
  { state: 'queued', startedAt: null, seconds: 0, expectedSeconds: 480 },
]
const progress = { done: 5, total: 10, unit: 'photos', stage: 'LPCAM maps', etaMs: 20_000 }
const run: ActiveRun = { project: 'p', runId: 4, name: 'Study', state: 'running', progress, steps }

test('a run that goes on is told as a whole, whatever the stage says of itself', () => {
  const state = jobState(run, 120_000)
  expect(state.text).toBe('Study 18\u202f% · 9\u202fmin left')
  expect(state.share).toBeCloseTo(120 / 660, 9)
})

test('where nobody knows how long it takes, its step is told, and nothing before there is one', () => {
  const unknown = steps.map(step => ({ ...step, expectedSeconds: null }))
  expect(jobState({ ...run, steps: unknown }, 120_000)).toEqual({ text: 'Study, step 2 of 3', share: undefined })
  expect(jobState({ ...run, steps: [], progress: null }, 120_000).text).toBe('Study starts')
})

test('a run that rests is not promised an end', () => {
  expect(jobState({ ...run, state: 'paused' }, 120_000).text).toBe('Study paused')
})
