import { expect, test } from 'vitest'
import { ago, bytes, counted, duration } from './format'

test('one is singular, and thousands are parted', () => {
  expect([counted(1, 'photo'), counted(0, 'photo'), counted(100_000, 'photo')]).toEqual([
    '1 photo',
    '0 photos',
    '100,000 photos',
  ])
  expect(counted(2, 'class', 'classes')).toBe('2 classes')
})

test('times have the unit that a person would say', () => {
  expect([850, 12_400, 200_000, 7_500_000].map(duration)).toEqual(['850 ms', '12 s', '3 min 20 s', '2 h 05 min'])
})

test('sizes count in powers of 1,000', () => {
  expect([0, 999, 3_400_000, 1.2e9].map(bytes)).toEqual(['0 B', '999 B', '3.4 MB', '1.2 GB'])
})

test('a moment is told from now', () => {
  const now = Date.parse('2026-11-21T12:00:00Z')
  const before = [20_000, 5 * 60_000, 3 * 3_600_000, 30 * 3_600_000, 4 * 86_400_000]
  expect(before.map(ms => ago(now - ms, now))).toEqual(['just now', '5 min ago', '3 h ago', 'yesterday', '4 days ago'])
})
