import { expect, test } from 'vitest'
import { columnGroups, figureText, largestOf, sortedRows, type FigureRow } from './figureTable'

const row = (name: string, iou: number | null): FigureRow => ({ key: name, name, values: { iou } })
const rows = [row('cat', 0.4), row('ant', null), row('dog', 0.6), row('bee', 0.4)]
const names = (sorted: readonly FigureRow[]) => sorted.map(({ name }) => name).join(' ')

test('rows come in the order of a column, those without a figure last either way', () => {
  expect(names(sortedRows(rows, { key: 'iou', descending: true }))).toBe('dog cat bee ant')
  expect(names(sortedRows(rows, { key: 'iou', descending: false }))).toBe('cat bee dog ant')
  expect(names(sortedRows(rows, { key: 'name', descending: false }))).toBe('ant bee cat dog')
  expect(sortedRows(rows, undefined)).toBe(rows)
})

test('figures are written with as many digits as they deserve', () => {
  expect([figureText(0.4567, 'share'), figureText(null, 'share'), figureText(12_345, 'count')]).toEqual([
    '45.7',
    '–',
    '12,345',
  ])
  expect([0.114, -0.015, -0.0001].map(value => figureText(value, 'points'))).toEqual(['+11.4', '−1.5', '0.0'])
  expect([figureText(1.257, 'times'), figureText('sheep 9 %', 'text')]).toEqual(['1.26', 'sheep 9 %'])
})

test('neighbours of one group share a heading', () => {
  const column = (key: string, group?: string) => ({
    ...{ key, title: key, hint: key, format: 'share' as const, width: 1 },
    ...(group === undefined ? {} : { group }),
  })
  expect(columnGroups([column('a'), column('b', 'IoU'), column('c', 'IoU'), column('d', 'FP')])).toEqual([
    { title: '', span: 1 },
    { title: 'IoU', span: 2 },
    { title: 'FP', span: 1 },
  ])
})

test('bars are parts of the largest figure, whichever way it goes', () => {
  expect(largestOf([row('a', -0.3), row('b', 0.2), row('c', null)], 'iou')).toBe(0.3)
})
