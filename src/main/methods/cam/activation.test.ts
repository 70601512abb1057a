import { expect, test } from 'vitest'
import type { Tensor } from '@tensorflow/tfjs'
import { testEngine } from '../../../../tests/helpers/engine'
import { parityCase } from '../../../../tests/helpers/parity'
import { normalisePlanes, readPlanes, sumAtInput, sumAtQuarter } from '../../nn/multiScale'
import { classActivation } from './activation'

interface CamCase {
  readonly input: {
    /** [scale][copy] CHW */
    readonly features: number[][][][][]
    readonly weight: number[][]
    readonly keys: number[]
    readonly size: [height: number, width: number]
  }
  readonly expected: {
    readonly strided: number[][][]
    readonly highResSum: number[]
    readonly highResMax: number[]
    readonly highResRow0: number[][]
    readonly highResLastRow: number[][]
  }
}

test('cam-msf: ReLU before the flip is undone, sum before the maximum, crop before the maximum', () => {
  const { tf, binding } = testEngine()
  const { input, expected } = parityCase<CamCase>('cam-msf')
  const before = binding.getNumOfTensors()
  const [height, width] = input.size
  const count = input.keys.length
  tf.tidy(() => {
    const weight = tf.tensor2d(input.keys.map(key => input.weight[key]!)).transpose()
    const maps: Tensor[] = input.features.map(copies =>
      classActivation(tf.tensor4d(copies).transpose([0, 2, 3, 1]), weight),
    )
    const strided = readPlanes(count, () => sumAtQuarter(maps, { width, height }))
    normalisePlanes(strided, count, 1e-5)
    expected.strided.flat(2).forEach((value, i) => expect(strided[i]).toBeCloseTo(value, 5))
    const full = readPlanes(count, () => sumAtInput(maps, { width, height }))
    normalisePlanes(full, count, 1e-5)
    for (let k = 0; k < count; k++) {
      const plane = full.subarray(k * height * width, (k + 1) * height * width)
      // 1e-5 of a sum over 1,755 pixels
      expect(Math.abs(plane.reduce((sum, value) => sum + value, 0) - expected.highResSum[k]!)).toBeLessThan(0.01)
      expect(Math.max(...plane)).toBeCloseTo(expected.highResMax[k]!, 5)
      expected.highResRow0[k]!.forEach((value, x) => expect(plane[x]).toBeCloseTo(value, 5))
      expected.highResLastRow[k]!.forEach((value, x) => expect(plane[(height - 1) * width + x]).toBeCloseTo(value, 5))
    }
  })
  expect(binding.getNumOfTensors()).toBe(before)
})

test('the mirrored photo, whose copies stand the other way round, has the mirrored map', () => {
  const { tf } = testEngine()
  tf.tidy(() => {
    const features = tf.randomUniform([2, 3, 5, 4], -1, 1, 'float32', 7)
    const weight = tf.randomUniform([4, 2], -1, 1, 'float32', 8)
    const mirrored = classActivation(features, weight).reverse(1).dataSync()
    expect([...classActivation(features.reverse(0), weight).dataSync()]).toEqual([...mirrored])
  })
})

test('a score that is no number stays one until it is stored and counted; a map without a positive score is 0', () => {
  const planes = Float32Array.of(NaN, NaN, -1, 0, NaN, 2)
  expect(normalisePlanes(planes, 3, 0)).toEqual([false, false, true])
  expect([...planes]).toEqual([NaN, NaN, 0, 0, NaN, 1])
})
