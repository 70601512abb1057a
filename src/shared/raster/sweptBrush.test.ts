import { expect, test } from 'vitest'
import { drawn } from '../../../tests/helpers/drawnRegion'
import { regionPixels } from './region'
import { sweptDisc, sweptSquare, type BrushPlace } from './sweptBrush'

const at = (x: number, y: number, radius: number): BrushPlace => ({ x, y, radius })
const size = { width: 6, height: 5 }
const large = { width: 40, height: 32 }

test('a disc of 4 px has no corners', () => {
  const place = at(3, 2, 2)
  expect(drawn(sweptDisc(place, place, size), size)).toEqual(['..##..', '.####.', '.####.', '..##..', '......'])
})

test('the smallest brush is one pixel, and draws a line without gaps', () => {
  const dot = at(1.5, 1.5, 0.5)
  expect(regionPixels(sweptDisc(dot, dot, size))).toBe(1)
  expect(drawn(sweptDisc(at(0.5, 0.5, 0.5), at(4.5, 4.5, 0.5), size), size)).toEqual([
    '#.....',
    '.#....',
    '..#...',
    '...#..',
    '....#.',
  ])
})

test('what lies outside the photo is left away', () => {
  expect(drawn(sweptSquare(at(0, 0, 2), at(0, 0, 2), size), size).slice(0, 3)).toEqual(['##....', '##....', '......'])
  expect(regionPixels(sweptDisc(at(-9, -9, 2), at(-20, 3, 2), size))).toBe(0)
})

/** The least, over fine steps of the way, of a pixel's distance less the radius there. */
function distance(x: number, y: number, a: BrushPlace, b: BrushPlace, square: boolean): number {
  let least = Infinity
  for (let step = 0; step <= 400; step++) {
    const t = step / 400
    const [dx, dy] = [x - a.x - t * (b.x - a.x), y - a.y - t * (b.y - a.y)]
    const from = square ? Math.max(Math.abs(dx), Math.abs(dy)) : Math.hypot(dx, dy)
    least = Math.min(least, from - a.radius - t * (b.radius - a.radius))
  }
  return least
}

test.each([
  ['a long way', at(5, 7, 3), at(31, 18, 3)],
  ['a growing brush', at(6, 24, 1.5), at(28, 9, 6)],
  ['a shrinking one, straight down', at(20, 4, 7), at(20, 26, 2)],
  ['one inside the other', at(15, 15, 9), at(17, 14, 2)],
])('%s covers just the middles that a brush moved in fine steps covers', (_, a, b) => {
  for (const [sweep, square] of [[sweptDisc, false] as const, [sweptSquare, true] as const]) {
    const rows = drawn(sweep(a, b, large), large)
    for (let y = 0; y < 32; y++)
      for (let x = 0; x < 40; x++) {
        const away = distance(x + 0.5, y + 0.5, a, b, square)
        // Steps of at most 0.08 px find the hull's edge to half of that.
        if (Math.abs(away) > 0.04) expect([x, y, rows[y]![x]]).toEqual([x, y, away < 0 ? '#' : '.'])
      }
  }
})
