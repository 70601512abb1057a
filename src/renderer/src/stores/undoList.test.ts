import { expect, test } from 'vitest'
import { nothingToUndo, redone, remembered, undone, type UndoList } from './undoList'

/** Makes changes in order and says what stands in the end, with U and R for taking back and making again. */
function after(...changes: readonly (readonly [value: string, what?: string] | 'U' | 'R')[]): string {
  let [value, list]: [string, UndoList<string>] = ['start', nothingToUndo]
  for (const change of changes) {
    if (change === 'U' || change === 'R')
      ({ value, list } = (change === 'U' ? undone : redone)(list, value) ?? { value, list })
    else [value, list] = [change[0], remembered(list, value, change[1])]
  }
  return value
}

test('changes are taken back one by one and made again, until there are no more', () => {
  expect(after(['a'], ['b'], 'U')).toBe('a')
  expect(after(['a'], ['b'], 'U', 'U', 'U')).toBe('start')
  expect(after(['a'], ['b'], 'U', 'U', 'R')).toBe('a')
  expect(after(['a'], ['b'], 'U', 'U', 'R', 'R', 'R')).toBe('b')
})

test('a new change ends what could be made again', () => {
  expect(after(['a'], ['b'], 'U', ['c'], 'R')).toBe('c')
  expect(after(['a'], ['b'], 'U', ['c'], 'U')).toBe('a')
})

test('typing in one place is one change; another place, or taking back, ends it', () => {
  expect(after(['n', 'name'], ['na', 'name'], ['nam', 'name'], 'U')).toBe('start')
  expect(after(['n', 'name'], ['1', 'seed'], ['2', 'seed'], 'U')).toBe('n')
  expect(after(['n', 'name'], ['a'], ['x', 'name'], 'U')).toBe('a')
  expect(after(['n', 'name'], 'U', 'R', ['na', 'name'], 'U')).toBe('n')
})

test('a hundred changes are kept', () => {
  const changes = Array.from({ length: 103 }, (_, i) => [String(i)] as const)
  expect(after(...changes, ...Array<'U'>(200).fill('U'))).toBe('2')
})
