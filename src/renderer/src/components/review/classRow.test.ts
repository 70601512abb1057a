import { expect, test } from 'vitest'
import { foundRows, type ClassRow } from './classRow'

const row = (label: number, name: string): ClassRow => ({
  ...{ label, name, colour: 'red', key: undefined, locked: false, present: 'absent', share: 0 },
})
const rows = [row(1, 'polar bear'), row(2, 'Bear'), row(3, 'cat')]

test('without a word all classes are listed in their order', () => {
  expect(foundRows(rows, '  ')).toEqual(rows)
})

test('classes that begin with what is typed come first, in any case', () => {
  expect(foundRows(rows, 'bEaR').map(({ label }) => label)).toEqual([2, 1])
  expect(foundRows(rows, 'dog')).toEqual([])
})
