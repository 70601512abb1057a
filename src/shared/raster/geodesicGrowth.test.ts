import { expect, test } from 'vitest'
import { drawn, regionOf } from '../../../tests/helpers/drawnRegion'
import { GeodesicGrowth } from './geodesicGrowth'

const size = { width: 9, height: 5 }
/** Grey values: a wall of 200 at column 5, with a gap in the last row. */
const greys = Uint8Array.from({ length: 45 }, (_, i) => (i % 9 === 5 && i < 36 ? 200 : 20))
const ground = {
  ...size,
  difference: (a: number, b: number) => Math.abs(greys[a]! - greys[b]!),
  passes: () => true,
}
const middle = regionOf(['.........', '.........', '..#......'])

test('over even ground it reaches as far as it is told, corners counting √2', () => {
  const even = { ...ground, difference: () => 0 }
  const growth = new GeodesicGrowth(even, { reach: 2, contrast: 10 })
  growth.add(middle)
  expect(drawn(growth.region(), size)).toEqual(['..#......', '.###.....', '#####....', '.###.....', '..#......'])
})

test('an edge holds it and a way round costs its length', () => {
  // to the gap at (5, 4): 2 corners and 1 step, 3.83; on to (7, 2): 2 corners more, 6.66
  for (const [reach, isReached] of [
    [6.6, false],
    [6.7, true],
  ] as const) {
    const growth = new GeodesicGrowth(ground, { reach, contrast: 10 })
    growth.add(middle)
    expect(drawn(growth.region(), size)[2]!.slice(5)).toBe(isReached ? '.##.' : '.#..')
  }
})

test('seeds one after another are as all at once', () => {
  const seeds = [middle, regionOf(['........#']), regionOf(['#........'])]
  const one = new GeodesicGrowth(ground, { reach: 3, contrast: 40 })
  for (const seed of seeds) one.add(seed)
  const other = new GeodesicGrowth(ground, { reach: 3, contrast: 40 })
  for (const seed of [...seeds].reverse()) other.add(seed)
  expect(one.region()).toEqual(other.region())
})

test('it does not go through what it may not enter, and a seed there is none', () => {
  const half = { ...ground, difference: () => 0, passes: (pixel: number) => pixel % 9 < 4 }
  const growth = new GeodesicGrowth(half, { reach: 99, contrast: 10 })
  growth.add(regionOf(['.......##']))
  expect(growth.region().runs).toHaveLength(0)
  growth.add(middle)
  expect(drawn(growth.region(), size)).toEqual(new Array(5).fill('####.....'))
})

/** Distances by relaxing every edge until nothing changes (Bellman and Ford). */
function relaxed(reach: number, contrast: number): string[] {
  const distances = new Array<number>(45).fill(Infinity)
  distances[2 * 9 + 2] = 0
  for (let round = 0; round < 45; round++)
    for (let from = 0; from < 45; from++)
      for (let to = 0; to < 45; to++) {
        const [dx, dy] = [Math.abs((from % 9) - (to % 9)), Math.abs(Math.floor(from / 9) - Math.floor(to / 9))]
        if (Math.max(dx, dy) !== 1) continue
        const step = Math.hypot(dx, dy) * (1 + (ground.difference(from, to) / contrast) ** 2)
        distances[to] = Math.min(distances[to]!, distances[from]! + step)
      }
  return Array.from({ length: 5 }, (_, y) =>
    Array.from({ length: 9 }, (_, x) => (distances[y * 9 + x]! <= reach ? '#' : '.')).join(''),
  )
}

test.each([
  [3, 180],
  [5.5, 100],
  [8, 90],
])('a reach of %d px at a contrast of %d is that of shortest ways', (reach, contrast) => {
  const growth = new GeodesicGrowth(ground, { reach, contrast })
  growth.add(middle)
  expect(drawn(growth.region(), size)).toEqual(relaxed(reach, contrast))
})
