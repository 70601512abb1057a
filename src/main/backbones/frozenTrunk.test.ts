import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { testEngine } from '../../../tests/helpers/engine'
import { parityValues, syntheticWeights } from '../../../tests/helpers/syntheticWeights'
import { expectedWeights } from './architecture'
import { FrozenTrunk } from './frozenTrunk'
import { architectureOf, type BackboneName } from './catalogue'

interface Golden {
  readonly name: BackboneName
  readonly height: number
  readonly width: number
  readonly shape: readonly number[]
  readonly sum: number
  readonly max: number
  readonly step: number
  readonly values: readonly number[]
}

const goldens = JSON.parse(readFileSync('tests/golden/backbones.json', 'utf8')) as Golden[]

test.each(goldens)('$name gives the features that PyTorch gives', golden => {
  const { tf, binding } = testEngine()
  const before = binding.getNumOfTensors()
  const trunk = new FrozenTrunk(
    architectureOf(golden.name),
    syntheticWeights(expectedWeights(architectureOf(golden.name))),
  )
  const pixels = parityValues(golden.height * golden.width * 3, 7).map(x => Math.round((x + 0.5) * 255))
  const images = tf.tensor4d(Float32Array.from(pixels), [1, golden.height, golden.width, 3])
  const narrow = trunk.features(images)
  const wide = trunk.top(narrow)
  expect(wide.shape).toEqual(golden.shape)
  const values = wide.dataSync() as Float32Array
  // Relative 1e-4 of the largest feature: float32 sums in another order through up to 161 convolutions.
  golden.values.forEach((expected, k) => {
    expect(Math.abs(values[k * golden.step]! - expected)).toBeLessThan(1e-4 * golden.max)
  })
  for (const tensor of [images, narrow, wide]) tensor.dispose()
  trunk.dispose()
  expect(binding.getNumOfTensors()).toBe(before)
})
