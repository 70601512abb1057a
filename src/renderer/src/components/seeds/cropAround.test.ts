import { expect, test } from 'vitest'
import { cropAround } from './cropAround'

const photo = { width: 500, height: 375, hash: 'ab' }

test('a crop shows the cell with its neighbours, and where it lies among them', () => {
  expect(cropAround('/bytes/p', { image: 7, photo, box: [64, 32, 96, 64] }, 1, 64)).toEqual({
    src: '/bytes/p/crops/7?box=32,0,128,96&size=64&hash=ab',
    cell: { left: '33.33%', top: '33.33%', width: '33.33%', height: '33.33%' },
  })
})

test('at the edge of the photo the crop ends', () => {
  const { src, cell } = cropAround('/bytes/p', { image: 7, photo, box: [480, 0, 500, 32] }, 1, 64)
  expect(src).toContain('box=460,0,500,64')
  expect(cell).toEqual({ left: '50.00%', top: '0.00%', width: '50.00%', height: '50.00%' })
})
