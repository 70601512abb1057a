import { expect, test } from 'vitest'
import { randomLabels } from '../../../tests/helpers/randomLabels'
import { traceOutlines } from './contours'
import { polygonRuns, type PolygonRing } from './polygonRuns'
import type { Size } from './size'

function filled(rings: readonly PolygonRing[], size: Size): Uint8Array {
  const mask = new Uint8Array(size.width * size.height)
  polygonRuns(rings, size, (y, x0, x1) => mask.fill(1, y * size.width + x0, y * size.width + x1))
  return mask
}

test('a pixel is inside when its centre is', () => {
  const size = { width: 5, height: 4 }
  // A triangle whose slanted side runs through (0.5, 0.5), (1.5, 1.5) …: centres on it are inside, it is a left edge.
  // prettier-ignore
  expect([...filled([[0, 0, 4, 0, 4, 4]], size)]).toEqual([
    1, 1, 1, 1, 0,
    0, 1, 1, 1, 0,
    0, 0, 1, 1, 0,
    0, 0, 0, 1, 0])
})

test('a ring within a ring is a hole, and a line there and back encloses nothing', () => {
  const size = { width: 5, height: 5 }
  const outer = [0, 0, 5, 0, 5, 5, 0, 5]
  const hole = [1.2, 1.2, 3.8, 1.2, 3.8, 3.8, 1.2, 3.8]
  const holed = filled([outer, hole], size)
  expect(holed.reduce((sum, pixel) => sum + pixel, 0)).toBe(25 - 9)
  const bridged = [...outer, 0, 0, ...hole, 1.2, 1.2]
  expect(filled([bridged], size)).toEqual(holed)
})

test('what lies outside the photo is cut off, and a line of two points is nothing', () => {
  const size = { width: 3, height: 2 }
  expect([...filled([[-10, -10, 10, -10, 10, 10, -10, 10]], size)]).toEqual([1, 1, 1, 1, 1, 1])
  expect([...filled([[0, 0, 3, 2]], size)]).toEqual([0, 0, 0, 0, 0, 0])
})

test.each([1, 2, 3, 4, 5, 6, 7, 8])('filling the outlines of map %i gives the map again', seed => {
  const size = { width: 7 + seed, height: 18 - seed }
  const labels = randomLabels(seed, size, 2)
  const again = new Uint8Array(labels.length)
  for (const [value, { outer, holes }] of traceOutlines(labels, size, true))
    polygonRuns([...outer, ...holes], size, (y, x0, x1) => again.fill(value, y * size.width + x0, y * size.width + x1))
  expect(again).toEqual(labels)
})
