import { expect, test } from 'vitest'
import { drawn, noiseRows, regionOf } from '../../../tests/helpers/drawnRegion'
import { filterRegion, movedRegion, regionBounds, regionPixels } from './region'
import { subtractRegion, uniteRegions } from './regionAlgebra'
import { regionOfLabel } from './regionMask'
import { RegionRows } from './regionRows'
import { surroundingLabels } from './surroundingLabels'

const size = { width: 17, height: 9 }
const [a, b] = [noiseRows(size, 5), noiseRows(size, 6)]
const merged = (rule: (first: string, second: string) => boolean) =>
  a!.map((row, y) => [...row].map((mark, x) => (rule(mark, b![y]![x]!) ? '#' : '.')).join(''))

test('union and difference are what they are pixel by pixel', () => {
  const [first, second] = [regionOf(a!), regionOf(b!)]
  expect(drawn(uniteRegions(first, second), size)).toEqual(merged((x, y) => x === '#' || y === '#'))
  expect(drawn(subtractRegion(first, second), size)).toEqual(merged((x, y) => x === '#' && y === '.'))
  expect(uniteRegions(first, second)).toEqual(regionOf(merged((x, y) => x === '#' || y === '#')))
  expect(subtractRegion(first, first).runs).toHaveLength(0)
})

test('a region knows its pixels and bounds, can be filtered and moved out of the photo', () => {
  const region = regionOf(['....', '.##.', '...#'])
  expect([regionPixels(region), regionBounds(region)]).toEqual([3, { x0: 1, y0: 1, x1: 4, y1: 3 }])
  const small = { width: 4, height: 3 }
  expect(
    drawn(
      filterRegion(region, x => x !== 2),
      small,
    ),
  ).toEqual(['....', '.#..', '...#'])
  expect(drawn(movedRegion(region, 1, -1, small), small)).toEqual(['..##', '....', '....'])
  expect(regionBounds(regionOf(['..']))).toBeUndefined()
})

test('pixels that leave become what reaches them first', () => {
  // an island of 1 in 4, and a rim of 1 between 0 and 2
  const rows = ['4442', '4112', '4112', '0112', '0000']
  const labels = Uint8Array.from(rows.join(''), Number)
  const leaving = regionOf(['....', '.##.', '.##.', '.##.', '....'])
  const taken = surroundingLabels(labels, { width: 4, height: 5 }, leaving, 1)
  const painted = [...labels]
  for (const { region, label } of taken)
    drawn(region, { width: 4, height: 5 })
      .join('')
      .split('')
      .forEach((mark, i) => mark === '#' && (painted[i] = label))
  expect(painted.join('').match(/..../g)).toEqual(['4442', '4442', '4422', '0022', '0000'])
})

test('a label that fills the photo has nothing to become', () => {
  expect(surroundingLabels(new Uint8Array(4).fill(1), { width: 2, height: 2 }, regionOf(['##', '##']), 1)).toEqual([])
})

test('a label’s pixels are found run by run, also at the ends of rows', () => {
  const labels = Uint8Array.from('1101' + '1001' + '0000' + '0011', Number)
  expect(drawn(regionOfLabel(labels, { width: 4, height: 4 }, 1), { width: 4, height: 4 })).toEqual([
    '##.#',
    '#..#',
    '....',
    '..##',
  ])
  expect(regionOfLabel(labels, { width: 4, height: 4 }, 7).runs).toHaveLength(0)
})

test('rows of a region know how many of their pixels lie between two columns', () => {
  const rows = noiseRows({ width: 17, height: 9 }, 8)
  const indexed = new RegionRows(regionOf(rows))
  for (let y = -1; y < 10; y++)
    for (let x0 = 0; x0 < 17; x0 += 2)
      for (let x1 = x0; x1 <= 17; x1 += 3)
        expect(indexed.count(y, x0, x1)).toBe((rows[y] ?? '').slice(x0, x1).replaceAll('.', '').length)
  expect([indexed.has(rows[4]!.indexOf('#'), 4), indexed.has(rows[4]!.indexOf('.'), 4)]).toEqual([true, false])
})
