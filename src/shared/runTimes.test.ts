import { expect, test } from 'vitest'
import { runTimes, type TimedStep } from './runTimes'

const done: TimedStep = { state: 'done', startedAt: 0, seconds: 20, expectedSeconds: 30 }
const going: TimedStep = { state: 'running', startedAt: 100_000, seconds: 0, expectedSeconds: 60 }
const waiting: TimedStep = { state: 'queued', startedAt: null, seconds: 0, expectedSeconds: 240 }

test('a run has taken its finished steps and what it is in, and takes the rest of that and what waits', () => {
  expect(runTimes([done, going, waiting], null, 110_000)).toEqual({ spentMs: 30_000, remainingMs: 290_000 })
})

test('a stage that takes longer than its step was expected to is believed, and an overdue step is over any moment', () => {
  expect(runTimes([going, waiting], { etaMs: 90_000 }, 110_000)).toEqual({ spentMs: 10_000, remainingMs: 330_000 })
  expect(runTimes([going, waiting], null, 200_000)).toEqual({ spentMs: 100_000, remainingMs: 240_000 })
})

test('a step that was interrupted yesterday goes on from what it had computed, whatever stages are left of it', () => {
  const resumed = { ...going, seconds: 20 }
  // 20 s yesterday and 10 s now of 60: a first stage is over in 5 s, and others come after it.
  expect(runTimes([resumed, waiting], { etaMs: 5_000 }, 110_000)).toEqual({ spentMs: 30_000, remainingMs: 270_000 })
  expect(runTimes([{ ...resumed, expectedSeconds: null }], { etaMs: 5_000 }, 110_000)).toEqual({
    spentMs: 30_000,
    remainingMs: 5_000,
  })
})

test('nothing is said where a step is left that nobody knows, or no step goes on', () => {
  expect(
    runTimes([going, { ...waiting, expectedSeconds: null }], { etaMs: 5_000 }, 110_000).remainingMs,
  ).toBeUndefined()
  expect(runTimes([{ ...going, expectedSeconds: null }], { etaMs: null }, 110_000).remainingMs).toBeUndefined()
  expect(runTimes([done, waiting], null, 110_000)).toEqual({ spentMs: 20_000, remainingMs: undefined })
})
