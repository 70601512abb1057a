import { expect, test } from 'vitest'
import { allSelected, choiceOf, extended, isSelected, nothingSelected, selectedCount, toggled } from './photoSelection'

test('photos are selected one by one and in ranges', () => {
  const selection = extended(toggled(nothingSelected, 4), [5, 6, 4])
  expect([3, 4, 5, 6].map(id => isSelected(selection, id))).toEqual([false, true, true, true])
  expect(selectedCount(selection, 100)).toBe(3)
  expect(choiceOf(toggled(selection, 5), { split: 'train' })).toEqual({ ids: [4, 6] })
})

test('all are selected but those that are taken out', () => {
  const selection = toggled(toggled(allSelected, 7), 8)
  expect([6, 7].map(id => isSelected(selection, id))).toEqual([true, false])
  expect(selectedCount(selection, 100_000)).toBe(99_998)
  expect(choiceOf(selection, { classes: [1] })).toEqual({ filter: { classes: [1] }, except: [7, 8] })
  expect(selectedCount(extended(selection, [8]), 100)).toBe(99)
})
