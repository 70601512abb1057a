import { expect, test } from 'vitest'
import { drawn } from '../../../tests/helpers/drawnRegion'
import { polygonRegion, type Corner } from './polygonRegion'
import { regionPixels } from './region'

const size = { width: 6, height: 5 }
const square = (from: number, to: number): Corner[] => [[from, from], [to, from], [to, to], [from, to]] // prettier-ignore

test('a pixel is inside where its middle is', () => {
  expect(drawn(polygonRegion([square(1, 3)], size), size)).toEqual(['......', '.##...', '.##...', '......', '......'])
  expect(drawn(polygonRegion([square(1.5, 3.5)], size), size)[1]).toBe('.##...')
  expect(drawn(polygonRegion([square(1.6, 3.6)], size), size)[1]).toBe('......')
  expect(drawn(polygonRegion([[[0, 0], [6, 0], [0, 5]]], size), size)).toEqual(['#####.', '####..', '###...', '##....', '#.....']) // prettier-ignore
})

test('a ring in a ring is a hole, a crossing leaves out what is surrounded twice', () => {
  const hole = drawn(polygonRegion([square(0, 5), square(1, 4)], size), size)
  expect(hole).toEqual(['#####.', '#...#.', '#...#.', '#...#.', '#####.'])
  const twice = [...square(0, 4), ...square(0, 4)]
  expect(regionPixels(polygonRegion([twice], size))).toBe(0)
})

test('polygons that share edges share no pixel and leave none out', () => {
  const middle: Corner = [2.5, 2.5]
  const corners: Corner[] = [[0, 0], [6, 0], [6, 5], [3, 5], [0, 5]] // prettier-ignore
  const covered = new Array<number>(30).fill(0)
  corners.forEach((corner, i) => {
    const { runs } = polygonRegion([[middle, corner, corners[(i + 1) % corners.length]!]], size)
    for (let run = 0; run < runs.length; run += 3)
      for (let x = runs[run + 1]!; x < runs[run + 2]!; x++) covered[runs[run]! * 6 + x]!++
  })
  expect(covered).toEqual(new Array<number>(30).fill(1))
})

/** The even-odd rule itself: how many edges a ray to the right crosses. */
function isInside(x: number, y: number, ring: readonly Corner[]): boolean {
  return (
    ring.filter(([x0, y0], i) => {
      const [x1, y1] = ring[(i + 1) % ring.length]!
      return y0 <= y !== y1 <= y && x0 + ((y - y0) * (x1 - x0)) / (y1 - y0) > x
    }).length %
      2 ===
    1
  )
}

test('polygons of any shape, partly outside the photo, are what the rule says pixel by pixel', () => {
  for (let seed = 1; seed < 20; seed++) {
    const ring = Array.from({ length: 3 + (seed % 9) }, (_, i): Corner => {
      const value = (at: number) => (((at * 7919 + seed * 104_729) % 1009) / 1009) * 24 - 6
      return [value(i + 1), value(i * 31 + 7)]
    })
    const large = { width: 12, height: 14 }
    const rows = Array.from({ length: 14 }, (_, y) =>
      Array.from({ length: 12 }, (_, x) => (isInside(x + 0.5, y + 0.5, ring) ? '#' : '.')).join(''),
    )
    expect(drawn(polygonRegion([ring], large), large)).toEqual(rows)
  }
})
