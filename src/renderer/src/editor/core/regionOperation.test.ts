import { expect, test } from 'vitest'
import { at, openedEditor as opened } from '../../../../../tests/helpers/openedEditor'
import type { RegionOperation } from './regionOperation'

/** An editor on a mask written as rows of digits. */
function withMask(rows: readonly string[]) {
  const kit = opened({}, rows.length)
  kit.document.labels.set([...rows.join('')].map(Number))
  return { ...kit, rows: () => [...kit.document.labels].join('').match(new RegExp(`.{${rows.length}}`, 'g')) }
}

const mask = ['1110020', '1011220', '1110000', '0000222', '1000202', '0000222', '0100000']

test.each<[RegionOperation, number, string[]]>([
  [{ id: 'fill-holes' }, 1, ['1110020', '1111220', '1110000', '0000222', '1000202', '0000222', '0100000']],
  [{ id: 'fill-holes' }, 2, ['1110020', '1011220', '1110000', '0000222', '1000222', '0000222', '0100000']],
  [
    { id: 'remove-islands', pixels: 2 },
    1,
    ['1110020', '1011220', '1110000', '0000222', '0000202', '0000222', '0000000'],
  ],
  [{ id: 'keep-largest' }, 2, ['1110000', '1011000', '1110000', '0000222', '1000202', '0000222', '0100000']],
  [{ id: 'replace-label', by: 3 }, 2, ['1110030', '1011330', '1110000', '0000333', '1000303', '0000333', '0100000']],
])('%o on label %i', (operation, label, expected) => {
  const { editor, rows, told } = withMask(mask)
  editor.operate(operation, { label })
  expect(rows()).toEqual(expected)
  expect(told('committed')).toHaveLength(1)
  editor.undo()
  expect(rows()).toEqual(mask)
})

test('what an island was becomes what surrounds it', () => {
  const { editor, rows } = withMask(['444', '414', '444'])
  editor.operate({ id: 'remove-islands', pixels: 5 })
  expect(rows()).toEqual(['444', '444', '444'])
})

test('an operation can be meant for one part alone', () => {
  const { editor, rows } = withMask(mask)
  editor.operate({ id: 'replace-label', by: 5 }, { label: 2, at: { x: 5, y: 3 } })
  expect(rows()!.slice(0, 4)).toEqual(['1110020', '1011220', '1110000', '0000555'])
})

test('a proposal is seen before it is done; Enter does it, Esc forgets it', () => {
  const { editor, rows, told } = withMask(mask)
  expect(editor.propose({ id: 'fill-holes' })).toBe(1)
  expect(editor.preview!.regions).toEqual([{ label: 1, region: { runs: Int32Array.of(1, 1, 2) } }])
  expect(rows()).toEqual(mask)
  expect(editor.cancel()).toBe(true)
  expect(editor.preview?.regions).toBeUndefined()
  editor.propose({ id: 'fill-holes' })
  expect(editor.key('Enter')).toBe(true)
  expect(rows()![1]).toBe('1111220')
  expect(told('committed')).toHaveLength(1)
})

test('an operation that changes nothing, or a locked class, is refused and is no step', () => {
  const { editor, document, refusals, told } = withMask(mask)
  editor.operate({ id: 'fill-holes' }, { label: 9 })
  document.locks.set(1, true)
  editor.operate({ id: 'keep-largest' })
  expect([refusals(), told('committed')]).toEqual([['nothing-there', 'label-locked'], []])
})

test('widening, shrinking, opening, closing and smoothing take what is locked from nobody', () => {
  const operations: RegionOperation[] = [
    { id: 'widen', radius: 2 },
    { id: 'close', radius: 2 },
    { id: 'smooth', radius: 2 },
  ]
  for (const operation of operations) {
    const { editor, document, count } = withMask(mask)
    editor.lock(2)
    editor.operate(operation)
    expect([operation.id, count(2)]).toEqual([operation.id, 11])
    document.locks.set(2, false)
  }
  const { editor, count } = withMask(mask)
  editor.operate({ id: 'shrink', radius: 1 })
  expect(count(1)).toBe(1) // the photo's corner, beyond which nothing is missing
})

test('a tool’s press ends a proposal without doing it', () => {
  const { editor, rows } = withMask(mask)
  editor.propose({ id: 'keep-largest' })
  editor.choose('pick')
  editor.press(at(5.5, 0.5))
  expect([rows()!.join(), editor.settings.label]).toEqual([mask.join(), 2])
})
