import { expect, test } from 'vitest'
import type { ReviewOrder } from '../../../shared/contract/reviewQueue'
import type { ReviewSignals } from '../../pool/tasks/reviewSignals'
import { rankPhotos, type RankingFacts } from './rankPhotos'

const ids = Uint32Array.of(1, 2, 3, 4)
const maps = (margin: number | null, expected: number): ReviewSignals['maps'] => ({
  margin,
  entropy: margin === null ? null : 1 - margin,
  cells: expected === 0 ? [] : [{ label: 1, other: 0, expected }],
})
const facts: RankingFacts = {
  // 1 is clear, 2 is in doubt, 3 has no maps, in 4 nothing was found.
  signals: new Map<number, ReviewSignals>([
    [1, { pixels: [[0, 80], [1, 20]], maps: maps(0.6, 1) }], // prettier-ignore
    [2, { pixels: [[0, 80], [1, 10], [2, 10]], maps: maps(0.1, 9) }], // prettier-ignore
    [3, { pixels: [[0, 100]], maps: null }], // prettier-ignore
    [4, { pixels: [[0, 100]], maps: maps(null, 0) }], // prettier-ignore
  ]),
  disputes: new Map([
    [1, { pixels: 5, foreground: 50, label: 1 }],
    [2, { pixels: 4, foreground: 10, label: 2 }],
    [4, { pixels: 0, foreground: 0, label: null }],
  ]),
  present: new Map([[1, [0]], [2, [0]], [3, [0, 1]]]), // prettier-ignore
  photosOfClass: [40, 3],
  seed: 1,
}
const order = (by: ReviewOrder, change: Partial<RankingFacts> = {}) =>
  rankPhotos(by, ids, { ...facts, ...change }).map(({ image }) => image)

test.each([
  ['gain', [2, 1, 4, 3]],
  ['margin', [4, 2, 1, 3]], // nothing found first, no maps last
  ['entropy', [4, 2, 1, 3]],
  ['runs', [2, 1, 4, 3]],
  ['labels', [3, 2, 1, 4]], // two classes are missing in 3, one is too many in 2
  ['tail', [3, 1, 2, 4]],
  ['name', [1, 2, 3, 4]],
] as const)('by %s', (by, expected) => expect(order(by)).toEqual(expected))

test('reasons are numbers that a sentence can be made of', () => {
  const why = (by: ReviewOrder, image: number) => rankPhotos(by, ids, facts).find(photo => photo.image === image)!
  expect(why('labels', 3).why).toEqual({ order: 'labels', missing: [0, 1], extra: [] })
  expect(why('labels', 2)).toMatchObject({ value: 1, why: { missing: [], extra: [{ place: 1, pixels: 10 }] } })
  expect(why('tail', 3)).toMatchObject({ value: 3, why: { place: 1, photos: 3 } })
  expect(why('runs', 2)).toMatchObject({ value: 0.4, why: { pixels: 4, label: 2 } })
  expect(why('margin', 3)).toMatchObject({ value: null, why: { margin: null } })
})

test('a random order is the same for one seed, another for another, and holds every photo', () => {
  const many = Uint32Array.from({ length: 1000 }, (_, i) => i + 1)
  const shuffled = (seed: number) => rankPhotos('random', many, { ...facts, seed }).map(({ image }) => image)
  expect(shuffled(1)).toEqual(shuffled(1))
  expect(shuffled(1)).not.toEqual(shuffled(2))
  expect([...shuffled(1)].sort((a, b) => a - b)).toEqual([...many])
  // Half of the first hundred of an even shuffle come from either half: 50 ± 5, three deviations are 15.
  const low = shuffled(1)
    .slice(0, 100)
    .filter(image => image <= 500).length
  expect(Math.abs(low - 50)).toBeLessThan(15)
})
