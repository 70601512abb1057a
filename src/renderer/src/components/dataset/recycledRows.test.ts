import { expect, test } from 'vitest'
import { recycledRows } from './recycledRows'

test('a row that scrolls in takes the elements of the one that scrolled out', () => {
  const rows = recycledRows()
  const shown = (startIndex: number, endIndex: number) => rows.range({ startIndex, endIndex, overscan: 1, count: 20 })
  const slots = (list: readonly number[]) => new Set(list.map(rows.slot))
  expect(shown(5, 8)).toEqual([4, 5, 6, 7, 8, 9])
  // One row less is on the screen for a moment: no element goes.
  expect(shown(6, 8)).toEqual([5, 6, 7, 8, 9, 10])
  expect(rows.slot(10)).toBe(rows.slot(4))
  for (const [start, end] of [
    [0, 3],
    [9, 11],
    [16, 19],
  ] as const)
    // prettier-ignore
    expect([shown(start, end).length, slots(shown(start, end)).size]).toEqual([6, 6])
  expect(shown(16, 19)).toEqual([14, 15, 16, 17, 18, 19])
})

test('a list that is shorter than the screen has no more rows than it has', () => {
  expect(recycledRows().range({ startIndex: 0, endIndex: 1, overscan: 3, count: 2 })).toEqual([0, 1])
})
