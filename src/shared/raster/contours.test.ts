import { expect, test } from 'vitest'
import { randomLabels } from '../../../tests/helpers/randomLabels'
import { doubledArea, traceOutlines, type Ring } from './contours'

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

/** Whether the centre of a pixel lies inside by the even-odd rule: the upright edges to its left are counted. */
function isInside(rings: readonly Ring[], x: number, y: number): boolean {
  let crossed = 0
  for (const ring of rings)
    for (let i = 0; i < ring.length; i += 2) {
      const [fromX, fromY, toY] = [ring[i]!, ring[i + 1]!, ring[(i + 3) % ring.length]!]
      if (fromX < x + 0.5 && Math.min(fromY, toY) < y + 0.5 && Math.max(fromY, toY) > y + 0.5) crossed++
    }
  return crossed % 2 === 1
}

test.each([1, 2, 3, 4, 5, 6, 7, 8])('the rings of map %i hold its pixels and no others', seed => {
  const size = { width: 8 + seed, height: 17 - seed }
  const labels = randomLabels(seed, size, 2)
  for (const diagonal of [true, false])
    for (const [value, { outer, holes }] of traceOutlines(labels, size, diagonal)) {
      const rings = [...outer, ...holes]
      const filled = labels.map((_, i) => (isInside(rings, i % size.width, Math.floor(i / size.width)) ? value : 0))
      expect(filled).toEqual(labels.map(label => (label === value ? value : 0)))
      const area = rings.reduce((sum, ring) => sum + doubledArea(ring), 0) / 2
      expect(area).toBe(labels.filter(label => label === value).length)
    }
})
