import { expect, test } from 'vitest'
import { rowsOfMany, rowsOfPhoto } from './labelRows'

test('a label that was corrected to absent stays in sight', () => {
  const label = { place: 3, state: 'absent', source: 'corrected', given: 'present' } as const
  expect(rowsOfPhoto([label])).toEqual([
    { place: 3, state: 'absent', present: 0, photos: 1, corrected: 1, given: 'present' },
  ])
})

test('many photos have a state only where all agree', () => {
  const rows = rowsOfMany(4, [
    { place: 0, present: 1, unknown: 3, corrected: 0 },
    { place: 1, present: 4, unknown: 0, corrected: 2 },
    { place: 2, present: 0, unknown: 4, corrected: 4 },
    { place: 3, present: 0, unknown: 0, corrected: 1 },
  ])
  expect(rows.map(({ place, state }) => [place, state])).toEqual([
    [1, 'present'],
    [0, null],
    [2, 'unknown'],
    [3, 'absent'],
  ])
})
