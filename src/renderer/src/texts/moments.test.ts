import { expect, test } from 'vitest'
import { agoText, dateText } from './moments'

test('a moment is told from now', () => {
  const now = Date.parse('2026-11-21T12:00:00Z')
  const before = [20_000, 5 * 60_000, 3 * 3_600_000, 30 * 3_600_000, 4 * 86_400_000]
  const told = ['just now', '5 min ago', '3 h ago', 'yesterday', '4 days ago']
  expect(before.map(ms => agoText(now - ms, now))).toEqual(told)
  expect(agoText(now - 20 * 86_400_000, now)).toBe(dateText(Date.parse('2026-11-01T12:00:00Z')))
})
