import { expect, test } from 'vitest'
import { testEngine } from '../../../../tests/helpers/engine'
import { golden } from '../../../../tests/helpers/golden'
import { checkGradients, expectNoLeak, fullPass, take } from '../../../../tests/helpers/layerChecks'
import { parityCase } from '../../../../tests/helpers/parity'
import { evaluation } from '../layer'
import { GroupNorm } from './groupNorm'

const { tf } = testEngine()
const options = { name: 'norm', epsilon: 1e-5, group: 'head' }

const nhwc = (planes: number[][][][]) => tf.tidy(() => tf.tensor4d(planes).transpose([0, 2, 3, 1]))

test('two groups of two channels reproduce the parity case', () => {
  const { input, expected } = parityCase<{ input: { x: number[][][][] }; expected: number[][][][] }>('groupnorm')
  const layer = new GroupNorm({ ...options, channels: 4, groups: 2 })
  const y = take(layer.forward(nhwc(input.x), evaluation))
  const wanted = take(nhwc(expected))
  wanted.forEach((value, i) => expect(Math.abs(y[i]! - value)).toBeLessThan(1e-5))
  layer.dispose()
})

test('γ, β and all gradients are those of PyTorch', () => {
  const { groupNorm } = golden<{ groupNorm: Record<'y' | 'dx' | 'gamma' | 'beta', number[]> }>('irn.json')
  const fill = (count: number, k: number, base = 0) =>
    Float32Array.from({ length: count }, (_, i) => base + 0.2 * Math.sin(0.3 * (i + 1) + k))
  const planes = (values: Float32Array) => tf.tidy(() => tf.tensor4d(values, [2, 6, 3, 2]).transpose([0, 2, 3, 1]))
  const layer = new GroupNorm({ ...options, channels: 6, groups: 3 })
  layer.gamma.load(fill(6, 1, 1))
  layer.beta.load(fill(6, 2))
  const y = layer.forward(planes(fill(72, 3, 0.5)), fullPass)
  const dx = layer.backward(planes(fill(72, 9)))!
  const found = {
    y: take(y),
    dx: take(dx),
    gamma: layer.gamma.gradient!.dataSync(),
    beta: layer.beta.gradient!.dataSync(),
  }
  for (const part of ['y', 'dx', 'gamma', 'beta'] as const)
    groupNorm[part].forEach((value, i) => expect(found[part][i], `${part}[${i}]`).toBeCloseTo(value, 4))
  layer.dispose()
})

test('gradients agree with differences, and nothing is left over', () => {
  const layer = new GroupNorm({ ...options, channels: 6, groups: 2 })
  checkGradients(layer, { shape: [2, 3, 4, 6] })
  const input = () => tf.randomNormal([2, 3, 4, 6], 0, 1, 'float32', 5)
  layer.forward(input(), evaluation).dispose() // parameters are uploaded when they are first used
  expectNoLeak(layer, input, fullPass)
  expectNoLeak(layer, input, { ...fullPass, inputGradient: false })
  layer.dispose()
})

test('channels that make no equal groups are refused', () => {
  expect(() => new GroupNorm({ ...options, channels: 6, groups: 4 })).toThrow('6 channels do not make 4 groups')
})
