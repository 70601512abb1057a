import { expect, test } from 'vitest'
import { rateText, valueText } from './runFormat'

test('a rate is what is left over the time that it takes', () => {
  expect(rateText({ done: 60, total: 100, unit: 'photos', etaMs: 4_000 })).toBe('10 photos/s')
  expect(rateText({ done: 99, total: 100, unit: 'steps', etaMs: 3_000 })).toBe('0.33 steps/s')
  expect(rateText({ done: 1, total: 100, unit: 'photos', etaMs: null })).toBe('')
})

test('values read as they are written', () => {
  expect([[1, 0.5], null, true, 'auto'].map(valueText)).toEqual(['1, 0.5', 'none', 'true', 'auto'])
})
