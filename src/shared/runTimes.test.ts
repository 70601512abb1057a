import { expect, test } from 'vitest'
import { runTimes, type TimedStep } from './runTimes'

const done: TimedStep = { state: 'done', startedAt: 0, seconds: 20, expectedSeconds: 30 }
const going: TimedStep = { state: 'running', startedAt: 100_000, seconds: 0, expectedSeconds: 60 }
const waiting: TimedStep = { state: 'queued', startedAt: null, seconds: 0, expectedSeconds: 240 }
/** A quarter of a stage, and what is left of it. */
const stage = (etaMs: number | null) => ({ done: 25, total: 100, etaMs })

test('a run has taken its finished steps and what it is in, and takes the rest of that and what waits', () => {
  expect(runTimes([done, going, waiting], null, 110_000)).toEqual({ spentMs: 30_000, remainingMs: 290_000 })
})

test('a stage that takes longer than its step was expected to is believed, and an overdue step is over any moment', () => {
  expect(runTimes([going, waiting], stage(90_000), 110_000)).toEqual({ spentMs: 0, remainingMs: 330_000 })
  expect(runTimes([going, waiting], null, 200_000)).toEqual({ spentMs: 60_000, remainingMs: 240_000 })
})

test('a step that was interrupted yesterday has not computed since', () => {
  const tomorrow = going.startedAt! + 86_400_000
  expect(runTimes([done, going, waiting], stage(15_000), tomorrow)).toEqual({ spentMs: 65_000, remainingMs: 255_000 })
  const unknown = { ...going, expectedSeconds: null }
  expect(runTimes([unknown], stage(15_000), tomorrow)).toEqual({ spentMs: 5_000, remainingMs: 15_000 })
})

test('nothing is said where a step is left that nobody knows, or no step goes on', () => {
  expect(runTimes([going, { ...waiting, expectedSeconds: null }], stage(5_000), 110_000).remainingMs).toBeUndefined()
  expect(runTimes([{ ...going, expectedSeconds: null }], stage(null), 110_000).remainingMs).toBeUndefined()
  expect(runTimes([done, waiting], null, 110_000)).toEqual({ spentMs: 20_000, remainingMs: undefined })
})
