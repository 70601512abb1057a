import { expect, test } from 'vitest'
import type { Tensor } from '@tensorflow/tfjs'
import { testEngine } from '../../../../../tests/helpers/engine'
import { distributionCoefficients } from '../../../../shared/metrics/distributionCoefficient'
import { refineByAffinity } from './affinity'
import { prototypeConsistency, scaleConsistency } from './consistency'
import { alignedResize } from './bilinearPlaces'
import { PlaceLayout } from './placeLayout'
import { normalisedCam } from './normalisedCam'
import { prototypeMaps } from './prototypeMaps'

/** Worked out by the formulas of SFC's code, in its layout [channels, height, width]; float32, 1e-5. */
const { tf, binding } = testEngine()

/** g(i) = ((37 i + 11) mod 101) / 101, from `start`. */
const g = (count: number, start: number, offset = 0) =>
  Array.from({ length: count }, (_, i) => ((37 * (start + i) + 11) % 101) / 101 + offset)

/** `[channels, places]` as the network has it, `[1, places, channels]`. */
const asPlaces = (values: readonly number[], channels: number) =>
  tf
    .tensor2d([...values], [channels, values.length / channels])
    .transpose()
    .expandDims(0)

/** Back to `[channels, places]`, one array a channel. */
const channelsOf = (x: Tensor) => x.squeeze([0]).transpose().arraySync() as number[][]

const close = (rows: readonly (readonly number[])[]) =>
  rows.map(row => row.map(value => expect.closeTo(value, 5) as number))

/** What one of the places counts of a photo that is learnt alone. */
const oneOf = (places: number) => tf.fill([1, 1, 1], 1 / places)
const everywhere = (channels: number) => tf.ones([1, 1, channels])
const cam = () => normalisedCam(asPlaces(g(8, 0, -0.5), 2), everywhere(3)).value
const refined = (hops: number) => refineByAffinity(cam(), asPlaces(g(12, 100, -0.5), 3), hops).value

/** Every case frees what it made. */
function expectTidy(check: () => void): void {
  const before = binding.getNumOfTensors()
  tf.tidy(check)
  expect(binding.getNumOfTensors()).toBe(before)
}

test('the classifier’s map is divided by its peak, the background is what no class claims', () => {
  expectTidy(() => {
    expect(channelsOf(cam())).toEqual(
      close([
        [0.831464, 0.000023, 0.000029, 0.60675],
        [0, 0, 0.999971, 0],
        [0.168536, 0.999977, 0, 0.39325],
      ]),
    )
  })
})

test('logits below 0 leave the background alone, without NaN', () => {
  expectTidy(() => {
    const maps = normalisedCam(tf.fill([1, 4, 2], -1), everywhere(3)).value
    expect(channelsOf(maps)).toEqual([
      [1, 1, 1, 1],
      [0, 0, 0, 0],
      [0, 0, 0, 0],
    ])
  })
})

test('one hop along affinities is a mean over places, normalised by column and not by row', () => {
  expectTidy(() => {
    const features = tf.tensor3d([[[1, 0], [1, 1], [0, 1]]]) // prettier-ignore
    const map = tf.tensor3d([1, 0, 0], [1, 3, 1])
    const hop = (hops: number) => channelsOf(refineByAffinity(map, features, hops).value)
    hop(1)[0]!.forEach((value, i) => expect(value).toBeCloseTo([0.585786, 0.292893, 0][i]!, 4)) // ε of the sums
    hop(2)[0]!.forEach((value, i) => expect(value).toBeCloseTo([0.464466, 0.292893, 0.12132][i]!, 4))
  })
})

test('a constant map stays constant, places at right angles do not mix, a place without features gets nothing', () => {
  expectTidy(() => {
    const features = asPlaces(g(12, 3), 3)
    channelsOf(refineByAffinity(tf.fill([1, 4, 1], 0.7), features, 2).value)[0]!.forEach(value =>
      expect(Math.abs(value - 0.7)).toBeLessThan(3e-5),
    )
    const apart = tf.tensor3d([[[1, 0], [0, 1], [0, 0]]]) // prettier-ignore
    const [first] = channelsOf(refineByAffinity(tf.tensor3d([0.2, 0.9, 0.4], [1, 3, 1]), apart, 1).value)
    expect(first).toEqual([expect.closeTo(0.2, 4), expect.closeTo(0.9, 4), 0])
  })
})

test('the classifier’s map after one and two hops', () => {
  expectTidy(() => {
    expect(channelsOf(refined(2))).toEqual(
      close([
        [0.719225, 0.000025, 0.000027, 0.718974],
        [0, 0.36254, 0.637412, 0],
        [0.280764, 0.63742, 0.362546, 0.281015],
      ]),
    )
    expect(channelsOf(refined(1))[2]).toEqual(close([[0.277137, 0.762125, 0.237847, 0.284646]])[0])
  })
})

test('prototypes of the refined maps: the background, shrunk to .3, keeps no place and so has no prototype', () => {
  expectTidy(() => {
    const features = asPlaces(g(16, 200, -0.3), 4)
    const maps = channelsOf(prototypeMaps(refined(2), features, everywhere(3), 0.3).value)
    expect(maps).toEqual(
      close([
        [0, 0, 0, 0],
        [0.67312, 0, 1, 0.557853],
        [0.898023, 0.246805, 0.285988, 0.951307],
      ]),
    )
    const tenfold = channelsOf(prototypeMaps(refined(2), features.mul(10), everywhere(3), 0.3).value)
    expect(tenfold).toEqual(close(maps))
  })
})

test('prototypes of the maps before the affinity, and a class that is not labelled', () => {
  expectTidy(() => {
    const features = asPlaces(g(16, 200, -0.3), 4)
    const maps = channelsOf(prototypeMaps(cam(), features, everywhere(3), 0.3).value)
    expect(maps[0]).toEqual(close([[1, 0, 0.67312, 0.98927]])[0])
    expect(maps[2]).toEqual(close([[0.7204, 0.531109, 0, 0.81186]])[0])
    const without = channelsOf(prototypeMaps(cam(), features, tf.tensor3d([[[1, 1, 0]]]), 0.3).value)
    expect(without[2]).toEqual([0, 0, 0, 0])
  })
})

test('a place with .5 of background and .2 of a class is the class’s once the background is shrunk', () => {
  expectTidy(() => {
    const maps = tf.tensor3d([[[0.5, 0.2]]])
    const features = tf.tensor3d([[[1, 0]]])
    expect(channelsOf(prototypeMaps(maps, features, everywhere(2), 0.3).value)).toEqual([[0], [1]])
    expect(channelsOf(prototypeMaps(maps, features, everywhere(2), 1).value)).toEqual([[1], [0]])
  })
})

test('the prototype loss, with coefficients of 100 and 20 photos and without', () => {
  expectTidy(() => {
    const input = {
      maps: asPlaces(g(48, 0), 3),
      prototypes: asPlaces(g(48, 300), 3),
      labels: tf.ones([1, 1, 3]),
    }
    const value = (coefficients: readonly number[]) =>
      prototypeConsistency(input, tf.tensor1d([1, ...coefficients]), {
        factor: 1.6,
        norm: 'all',
        placeShares: oneOf(16),
      }).value.dataSync()[0]
    const demand = distributionCoefficients([100, 20], 0)
    expect(demand).toEqual([expect.closeTo(1 / 3, 6), expect.closeTo(5 / 3, 6)])
    expect(value(demand)).toBeCloseTo(0.211005, 5)
    expect(value([1, 1])).toBeCloseTo(0.235631, 5)
  })
})

test('the scale loss, for one class or two, whatever the background does', () => {
  expectTidy(() => {
    const large = asPlaces(g(48, 0), 3)
    const square = (side: number) => new PlaceLayout([{ height: side, width: side }])
    const shrink = alignedResize(square(4), square(2))
    const weights = tf.tensor1d([0, ...distributionCoefficients([100, 20], 0)])
    const value = (labels: readonly number[], small = asPlaces(g(12, 500), 3)) =>
      scaleConsistency({ large, small, labels: tf.tensor3d([1, ...labels], [1, 1, 3]) }, shrink, weights, {
        factor: 0.8,
        norm: 'all',
        placeShares: oneOf(4),
      }).value.dataSync()[0]
    expect(value([1, 1])).toBeCloseTo(0.310561, 5)
    expect(value([1, 0])).toBeCloseTo(0.025083, 5)
    const otherBackground = asPlaces([...g(4, 77), ...g(12, 500).slice(4)], 3)
    expect(value([1, 1], otherBackground)).toBeCloseTo(0.310561, 5)
  })
})

test('over labelled channels alone a loss does not shrink with classes that are absent', () => {
  expectTidy(() => {
    const few = asPlaces(g(32, 0), 2)
    const none = tf.zeros([1, 16, 3])
    const loss = (maps: Tensor, absent: number, norm: 'all' | 'present') =>
      prototypeConsistency(
        {
          maps,
          prototypes: tf.zerosLike(maps),
          labels: tf.tensor3d([1, 1, ...new Array<number>(absent).fill(0)], [1, 1, 2 + absent]),
        },
        tf.ones([2 + absent]),
        { factor: 1, norm, placeShares: oneOf(16) },
      ).value.dataSync()[0]!
    const many = tf.concat([few, none], 2)
    expect(loss(many, 3, 'present')).toBeCloseTo(loss(few, 0, 'present'), 6)
    expect(loss(many, 3, 'all')).toBeCloseTo((loss(few, 0, 'all') * 2) / 5, 6)
  })
})

test('of two photos each has a mean of its own over its labelled channels, whatever the other shows', () => {
  expectTidy(() => {
    const maps = tf.stack([asPlaces(g(48, 0), 3).squeeze([0]), asPlaces(g(48, 100), 3).squeeze([0])])
    const labels = tf.tensor3d([1, 1, 1, 1, 0, 0], [2, 1, 3])
    const shown = maps.mul(labels)
    const loss = (photos: readonly number[], shares: readonly number[]) => {
      const of = (x: Tensor) => tf.gather(x, [...photos])
      const input = { maps: of(shown), prototypes: tf.zerosLike(of(maps)), labels: of(labels) }
      const strength = {
        factor: 1,
        norm: 'present' as const,
        placeShares: tf.tensor3d([...shares], [shares.length, 1, 1]).div(16),
      }
      return prototypeConsistency(input, tf.ones([3]), strength).value.dataSync()[0]!
    }
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
    const [first, second] = [mean(g(48, 0)), mean(g(16, 100))] // the second photo shows the background alone
    expect(loss([0], [1])).toBeCloseTo(first, 6)
    expect(loss([1], [1])).toBeCloseTo(second, 6)
    expect(loss([0, 1], [0.25, 0.75])).toBeCloseTo(0.25 * first + 0.75 * second, 6)
  })
})
