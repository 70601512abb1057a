import { expect, test } from 'vitest'
import { drawn, noiseRows, regionOf } from '../../../tests/helpers/drawnRegion'
import { closed, dilated, eroded, opened } from './morphology'
import { regionHoles } from './regionHoles'
import { smoothedBoundary } from './smoothedBoundary'

const size = { width: 23, height: 19 }
const masks = [1, 2, 3].map(seed => noiseRows(size, seed, 0.3 + seed / 10))

/** For every pixel whether any, or every, pixel of the photo within the radius is set. */
function byHand(rows: readonly string[], radius: number, rule: 'some' | 'every'): string[] {
  return rows.map((row, y) =>
    [...row]
      .map((_, x) => {
        const disc = rows.flatMap((other, j) =>
          [...other].filter((_, i) => (i - x) ** 2 + (j - y) ** 2 <= radius * radius),
        )
        return disc[rule](mark => mark === '#') ? '#' : '.'
      })
      .join(''),
  )
}

test.each([1, 1.5, 2, 3])('growing and shrinking by %d px are what every pixel’s disc says', radius => {
  for (const rows of masks) {
    expect(drawn(dilated(regionOf(rows), radius, size), size)).toEqual(byHand(rows, radius, 'some'))
    expect(drawn(eroded(regionOf(rows), radius, size), size)).toEqual(byHand(rows, radius, 'every'))
  }
})

test('opening takes thin arms, closing fills cracks, and both leave the rest', () => {
  const small = { width: 9, height: 5 }
  const armed = regionOf(['###......', '########.', '###......', '.........', '.......#.'])
  expect(drawn(opened(armed, 1, small), small)).toEqual([
    '###......',
    '####.....',
    '###......',
    '.........',
    '.........',
  ])
  const cracked = regionOf(['.........', '.###.###.', '.###.###.', '.###.###.', '.........'])
  const whole = ['.........', '.#######.', '.#######.', '.#######.', '.........']
  expect(drawn(closed(cracked, 1.5, small), small)).toEqual(whole)
})

test('opening and closing twice is as once', () => {
  for (const rows of masks) {
    const [open, close] = [opened(regionOf(rows), 2, size), closed(regionOf(rows), 2, size)]
    expect(opened(open, 2, size)).toEqual(open)
    expect(closed(close, 2, size)).toEqual(close)
  }
})

test('holes are what is shut in over edges; a bay and the photo’s corner are none', () => {
  const box = { width: 7, height: 6 }
  const region = regionOf(['..##...', '.#..##.', '.#.#.#.', '.####..', '#.#..##', '.#..###'])
  expect(drawn(regionHoles(region), box)).toEqual(['.......', '..##...', '..#.#..', '.......', '.#.....', '.......'])
})

test('the majority in a disc takes single spikes and fills single dents of a straight edge', () => {
  const box = { width: 9, height: 6 }
  const edge = regionOf(['.........', '..#......', '#########', '#####.###', '#########', '#########'])
  const smooth = drawn(smoothedBoundary(edge, 1.5, box), box)
  expect(smooth).toEqual(['.........', '.........', '#########', '#########', '#########', '#########'])
})

test('smoothing is the majority of the disc that lies in the photo, pixel by pixel', () => {
  for (const rows of masks) {
    const expected = rows.map((row, y) =>
      [...row]
        .map((mark, x) => {
          const disc = rows.flatMap((other, j) => [...other].filter((_, i) => (i - x) ** 2 + (j - y) ** 2 <= 5.0625))
          const inside = disc.filter(other => other === '#').length * 2
          return inside === disc.length ? mark : inside > disc.length ? '#' : '.'
        })
        .join(''),
    )
    expect(drawn(smoothedBoundary(regionOf(rows), 2.25, size), size)).toEqual(expected)
  }
})
