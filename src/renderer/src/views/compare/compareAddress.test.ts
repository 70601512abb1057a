import { expect, test } from 'vitest'
import { readAddress, writeAddress } from './compareAddress'

test('an empty address compares nothing, as usual', () => {
  const address = readAddress({})
  expect(address).toEqual({
    ids: [],
    tab: 'classes',
    sort: undefined,
    rules: { averaging: 'defined', rates: 'union' },
    by: undefined,
    choice: undefined,
    order: 'pixels',
    photo: undefined,
    on: undefined,
  })
  expect(writeAddress(address)).toEqual({})
})

test.each([
  { e: '3,7' },
  { e: '7,3', tab: 'tail', sort: '-iou', by: 7, c: '2', order: 'share', photo: 12 },
  { e: '1', tab: 'confusion', c: '2-0', average: 'gt-present', rates: 'seam' },
  { e: '1', c: 'all', sort: 'name', on: 'split-val' },
])('%o is read and written as it is', query => {
  const texts = Object.fromEntries(Object.entries(query).map(([key, value]) => [key, String(value)]))
  expect(writeAddress(readAddress(texts))).toEqual(query)
})

test('what makes no sense is as if it were not there', () => {
  const query = { e: '3,x,-1,3,<img>,0', tab: 'all', c: '999', order: 'up', photo: '1e9', by: '', average: 'mean' }
  expect(writeAddress(readAddress(query))).toEqual({ e: '3' })
})
