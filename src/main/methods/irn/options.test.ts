import { expect, test } from 'vitest'
import { affinityPaths } from '../../../shared/affinity/affinityPaths'
import { affinityLoss } from './affinityLoss'
import definition from './method'
import { irnOptions } from './options'

test.each(['official', 'irn-original'] as const)(
  '%s divides by the pairs of the whole batch, as the papers do',
  name => {
    const { batch, microBatch } = irnOptions.parse(definition.presets![name])
    expect([batch, microBatch]).toEqual([32, 32])
  },
)

test('by default the whole batch is on the device at once', () => {
  const { batch, microBatch } = irnOptions.parse({})
  expect(microBatch).toBe(batch)
})

test.each([
  { trainRadius: 10, crop: 73 },
  { trainRadius: 5, crop: 33 },
])('a crop that no pair fits in is refused, the next larger has one: $crop at radius $trainRadius', given => {
  const { trainRadius: radius, crop } = given
  expect(irnOptions.safeParse(given).success).toBe(true)
  expect(pairsIn(crop, radius)).toBeGreaterThan(0)
  expect(pairsIn(crop - 1, radius)).toBe(0)
  const issue = irnOptions.safeParse({ ...given, crop: crop - 1 }).error?.issues[0]
  expect(issue).toMatchObject({ path: ['crop'], message: expect.stringContaining('trainRadius') })
})

/** Pairs of background in a crop that is background alone. */
function pairsIn(crop: number, radius: number): number {
  const side = Math.ceil(crop / 4)
  const grid = { count: 1, width: side, height: side }
  const cells = side * side
  const pairs = { radius, paths: affinityPaths(radius) }
  return affinityLoss(new Float32Array(cells), new Uint8Array(cells), grid, pairs).pairs.background
}
