import { expect, test } from 'vitest'
import { sfcOptions } from '../train/options'
import { sfcMapsOptions } from './options'
import { sfcMapsWork } from './work'

/** Seconds beside the features for 100 photos at four scales. */
function otherSeconds(set: object, classifier: Readonly<Record<string, unknown>>): number {
  const facts = { photos: 100, truths: 0, classes: 5, pixelsWithin: () => 8e6, device: 'cpu' } as const
  return sfcMapsWork(sfcMapsOptions.parse(set), { ...facts, from: { classifier } }).otherSeconds
}

test('affinities cost time where the maps are spread along them, by the option or as the classifier was trained', () => {
  const trained = (set: object) => sfcOptions.parse(set)
  expect(otherSeconds({}, trained({}))).toBeCloseTo(100 * 4 * 0.05, 9)
  expect(otherSeconds({}, trained({ affinityHops: 2, scaleLoss: 0.8 }))).toBeCloseTo(100 * 4 * 0.1, 9)
  expect(otherSeconds({ affinityHops: 0 }, trained({ affinityHops: 2, scaleLoss: 0.8 }))).toBeCloseTo(20, 9)
  expect(otherSeconds({ affinityHops: 1 }, trained({ affinityHops: 2, scaleLoss: 0.8 }))).toBeCloseTo(40, 9)
  expect(otherSeconds({ features: 'trunk' }, {})).toBeCloseTo(20, 9)
})

test('prototypes of all photos are one pass more', () => {
  expect(otherSeconds({ map: 'difference', features: 'trunk' }, {})).toBeCloseTo(100 * 5 * 0.05, 9)
  expect(otherSeconds({ map: 'photo-difference', features: 'trunk' }, {})).toBeCloseTo(20, 9)
})
