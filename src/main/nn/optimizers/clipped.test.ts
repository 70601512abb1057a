import { expect, test } from 'vitest'
import { testEngine } from '../../../../tests/helpers/engine'
import { Parameter } from '../parameter'
import { Clipped } from './clipped'
import { Sgd } from './sgd'

const { tf, binding } = testEngine()

function moved(gradients: readonly (readonly number[])[], largest: number): number[] {
  const parameters = gradients.map((values, i) => {
    const options = { name: `p${i}`, shape: [values.length], layout: 'vector' as const, group: 'all', learned: true }
    const parameter = new Parameter(options, new Float32Array(values.length))
    parameter.accumulate(tf.tensor1d([...values]))
    return parameter
  })
  const optimizer = new Clipped(new Sgd({ momentum: 0, groups: { all: { learningRate: 1, weightDecay: 0 } } }), largest)
  optimizer.step(parameters, 1)
  const change = parameters.flatMap(({ value }) => [...value.dataSync()].map(v => -v))
  optimizer.dispose()
  for (const parameter of parameters) parameter.dispose()
  return change
}

test('a gradient of (3, 4) in two parameters becomes (.6, .8) of the largest norm, but for torch’s epsilon', () => {
  const before = binding.getNumOfTensors()
  const shrunk = 5 / (5 + 1e-6)
  expect(moved([[3], [4]], 1)).toEqual([expect.closeTo(0.6 * shrunk, 6), expect.closeTo(0.8 * shrunk, 6)])
  expect(binding.getNumOfTensors()).toBe(before)
})

test('a gradient within the norm stays as it is', () => {
  expect(moved([[0.25, -0.5]], 1)).toEqual([0.25, -0.5])
})
