import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { testEngine } from '../../../tests/helpers/engine'
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

/** The generator of tests/golden/backbones.py. */
function v(count: number, seed: number): Float64Array {
  return Float64Array.from({ length: count }, (_, i) => ((i * 7919 + 13 + 101 * seed) % 1009) / 1009 - 0.5)
}

function syntheticWeights(name: BackboneName): Map<string, Float32Array> {
  const shapes = expectedWeights(architectureOf(name))
  const weights = new Map<string, Float32Array>()
  ;[...shapes.keys()].sort().forEach((key, index) => {
    const shape = shapes.get(key)!
    const values = v(
      shape.reduce((a, b) => a * b, 1),
      index,
    )
    const fanIn = shape.length === 4 ? shape[1]! * shape[2]! * shape[3]! : 0
    const nearOne = key.endsWith('running_var') || key.endsWith('weight')
    weights.set(
      key,
      Float32Array.from(values, x => (fanIn > 0 ? x * Math.sqrt(24 / fanIn) : nearOne ? 1 + 0.2 * x : 0.2 * x)),
    )
  })
  return weights
}

test.each(goldens)('$name gives the features that PyTorch gives', golden => {
  const { tf, binding } = testEngine()
  const before = binding.getNumOfTensors()
  const trunk = new FrozenTrunk(architectureOf(golden.name), syntheticWeights(golden.name))
  const pixels = v(golden.height * golden.width * 3, 7).map(x => Math.round((x + 0.5) * 255))
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
