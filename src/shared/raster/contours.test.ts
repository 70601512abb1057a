import { expect, test } from 'vitest'
import { randomLabels } from '../../../tests/helpers/randomLabels'
import { cornersOf, doubledArea, traceOutlines } from './contours'
import { polygonRegion } from './polygonRegion'
import { forEachRun } from './region'

const square = { width: 4, height: 4 }

test('a ring runs along the edges of pixels, clockwise outside and the other way round a hole', () => {
  // prettier-ignore
  const map = Uint8Array.of(
    1, 1, 1, 0,
    1, 0, 1, 0,
    1, 1, 1, 2,
    0, 0, 0, 2)
  const outlines = traceOutlines(map, square, true)
  expect(outlines.get(1)).toEqual({ outer: [[3, 0, 3, 3, 0, 3, 0, 0]], holes: [[2, 2, 2, 1, 1, 1, 1, 2]] })
  expect(outlines.get(2)).toEqual({ outer: [[4, 2, 4, 4, 3, 4, 3, 2]], holes: [] })
})

test('two pixels that touch at a corner are one ring or two', () => {
  // prettier-ignore
  const map = Uint8Array.of(
    0, 0, 0, 0,
    0, 1, 0, 0,
    0, 0, 1, 0,
    0, 0, 0, 0)
  expect(traceOutlines(map, square, true).get(1)).toEqual({
    outer: [[2, 1, 2, 2, 3, 2, 3, 3, 2, 3, 2, 2, 1, 2, 1, 1]],
    holes: [],
  })
  expect(traceOutlines(map, square, false).get(1)?.outer).toHaveLength(2)
})

test.each([1, 2, 3, 4, 5, 6, 7, 8])('the rings of map %i hold its pixels and no others', seed => {
  const size = { width: 8 + seed, height: 17 - seed }
  const labels = randomLabels(seed, size, 2)
  for (const diagonal of [true, false]) {
    const again = new Uint8Array(labels.length)
    for (const [value, { outer, holes }] of traceOutlines(labels, size, diagonal)) {
      const rings = [...outer, ...holes]
      forEachRun(polygonRegion(rings.map(cornersOf), size), (y, x0, x1) =>
        again.fill(value, y * size.width + x0, y * size.width + x1),
      )
      const area = rings.reduce((sum, ring) => sum + doubledArea(ring), 0) / 2
      expect(area).toBe(labels.filter(label => label === value).length)
    }
    expect(again).toEqual(labels)
  }
})
