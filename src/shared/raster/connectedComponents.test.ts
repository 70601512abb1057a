import { expect, test } from 'vitest'
import { drawn, noiseRows, regionOf } from '../../../tests/helpers/drawnRegion'
import { connectedComponents, keepParts, largestPart } from './connectedComponents'
import { floodRegion } from './floodRegion'
import { regionPixels } from './region'

const size = { width: 4, height: 4 }
/** Two parts of label 1 that touch at a corner, a ring of label 2's corner, void. */
const labels = Uint8Array.of(1, 1, 0, 2, 0, 0, 1, 2, 0, 3, 1, 2, 255, 3, 2, 2)

test('parts come in the order of their first pixels, with their labels, pixels and bounds', () => {
  const found = connectedComponents(labels, size, false).map(({ label, pixels, bounds }) => [label, pixels, bounds])
  expect(found).toEqual([
    [1, 2, { x0: 0, y0: 0, x1: 2, y1: 1 }],
    [2, 5, { x0: 2, y0: 0, x1: 4, y1: 4 }],
    [1, 2, { x0: 2, y0: 1, x1: 3, y1: 3 }],
    [3, 2, { x0: 1, y0: 2, x1: 2, y1: 4 }],
    [255, 1, { x0: 0, y0: 3, x1: 1, y1: 4 }],
  ])
})

test('corners join where they may, and labels can be chosen', () => {
  expect(connectedComponents(labels, size, true, label => label === 1).map(({ pixels }) => pixels)).toEqual([4])
  expect(connectedComponents(labels, size, false, label => label === 0).map(({ pixels }) => pixels)).toEqual([1, 3])
})

test.each([
  [1, false],
  [2, true],
  [3, false],
  [4, true],
] as const)('on noise %i every part is what a flood from its first pixel finds (diagonal %s)', (seed, diagonal) => {
  const large = { width: 37, height: 29 }
  const map = Uint8Array.from(noiseRows(large, seed).join(''), mark => (mark === '#' ? 1 : 2))
  const parts = connectedComponents(map, large, diagonal)
  expect(parts.reduce((sum, { pixels }) => sum + pixels, 0)).toBe(map.length)
  for (const { region, label } of parts) {
    const start = region.runs[0]! * large.width + region.runs[1]!
    expect(region).toEqual(floodRegion(large, start, pixel => map[pixel] === label, diagonal))
  }
})

test('islands go by their size, and of the largest parts the first stays', () => {
  const islands = regionOf(['##.#', '...#', '#...', '#.#.'])
  expect(
    drawn(
      keepParts(islands, false, ({ pixels }) => pixels >= 2),
      size,
    ),
  ).toEqual(['##.#', '...#', '#...', '#...'])
  expect(drawn(largestPart(islands, false), size)).toEqual(['##..', '....', '....', '....'])
  expect(regionPixels(largestPart(regionOf(['....']), false))).toBe(0)
})
