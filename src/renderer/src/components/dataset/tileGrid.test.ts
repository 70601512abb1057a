import { expect, test } from 'vitest'
import { movedIndex, tileGrid } from './tileGrid'

test('tiles fill the width: five of 160 px and their gaps in 850 px become five of 163', () => {
  expect(tileGrid(850, 160)).toEqual({
    columns: 5,
    tileWidth: 163,
    rowHeight: 122 + 22 + 8,
    gap: 8,
    chips: 2,
    chipLetters: 10,
  })
})

test('a narrow window still has one column', () => {
  expect(tileGrid(40, 160)).toMatchObject({ columns: 1, tileWidth: 40 })
})

test('keys move by photo, row and page, and stop at the ends', () => {
  // 14 photos in rows of five; two rows on the screen.
  const from = (index: number) => ({ index, total: 14, columns: 5, page: 2 })
  const to = (key: string, index: number) => movedIndex(key, from(index))
  expect(to('ArrowRight', 4)).toBe(5)
  expect(to('ArrowRight', 13)).toBe(13)
  expect(to('ArrowLeft', 0)).toBe(0)
  expect(to('ArrowDown', 3)).toBe(8)
  expect(to('ArrowDown', 9)).toBe(9) // the last row has no fifth photo
  expect(to('ArrowUp', 3)).toBe(3)
  expect(to('PageDown', 1)).toBe(11)
  expect(to('PageDown', 7)).toBe(12)
  expect(to('PageUp', 13)).toBe(3)
  expect(to('Home', 8)).toBe(0)
  expect(to('End', 8)).toBe(13)
  expect(to('ArrowDown', -1)).toBe(0)
  expect(to('a', 3)).toBeUndefined()
})

test('from between two photos keys go to the one or the other, or a row from there', () => {
  const to = (key: string, index: number) => movedIndex(key, { index, total: 14, columns: 5, page: 2 })
  expect(to('ArrowRight', 3.5)).toBe(4)
  expect(to('ArrowLeft', 3.5)).toBe(3)
  expect(to('ArrowDown', 3.5)).toBe(8)
  expect(to('ArrowUp', 7.5)).toBe(3)
  expect(to('ArrowRight', -0.5)).toBe(0)
  expect(to('ArrowRight', 13.5)).toBe(13)
})
