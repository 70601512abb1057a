import { expect, test } from 'vitest'
import { photoOnCanvas } from './photoOnCanvas'

const canvas = { width: 100, height: 50 }
const photo = { width: 10, height: 20 }

test.each([
  ['inside, by the device pixels it touches', { zoom: 1, x: 2.25, y: 4.5 }, 2, { x0: 4, y0: 9, x1: 25, y1: 49 }],
  ['cut off at every edge', { zoom: 20, x: -10, y: -100 }, 1, { x0: 0, y0: 0, x1: 100, y1: 50 }],
  ['out of sight', { zoom: 1, x: -30, y: 60 }, 1, { x0: 0, y0: 50, x1: 0, y1: 50 }],
])('a photo is drawn where it lies: %s', (_, viewport, ratio, expected) => {
  expect(photoOnCanvas({ viewport, ratio, photo }, canvas)).toEqual(expected)
})
