import { expect, test } from 'vitest'
import type { Tensor } from '@tensorflow/tfjs'
import { testEngine } from '../../../../tests/helpers/engine'
import { golden } from '../../../../tests/helpers/golden'
import { take } from '../../../../tests/helpers/layerChecks'
import { evaluation, trainingPass } from '../../nn/layer'
import type { Parameter } from '../../nn/parameter'
import { loadStateDict } from '../../nn/stateDict'
import { torchShape, toTorch } from '../../nn/torchLayout'
import { DisplacementBranch } from './displacementBranch'
import { EdgeBranch } from './edgeBranch'

// PyTorch's own numbers (tests/golden/irn.py), float32 on both sides: 1e-4 of the largest value of an array.
const { tf, binding } = testEngine()

interface BranchGolden {
  readonly y: readonly number[]
  /** Sum, sum of absolute values and first three values of each gradient, in torch's order. */
  readonly gradients: Readonly<Record<string, readonly number[]>>
}
const expected = golden<{ readonly edge: BranchGolden; readonly displacement: BranchGolden }>('irn.json')

const channels = [6, 8, 10, 12, 14]
const planes = [[5, 7], [5, 7], [3, 4], [2, 2], [2, 2]] as const // prettier-ignore
const strides = [4, 4, 8, 16, 16]
const taps = channels.map((count, i) => ({ name: `tap ${i}`, channels: count, stride: strides[i]! }))

function fill(count: number, k: number, base = 0): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => base + 0.2 * Math.sin(0.3 * (i + 1) + k))
}

/** An NCHW array of torch's as an NHWC tensor. */
function nhwc(values: Float32Array, [n, c, h, w]: readonly [number, number, number, number]): Tensor {
  return tf.tidy(() => tf.tensor4d(values, [n, c, h, w]).transpose([0, 2, 3, 1]))
}

function features(): Tensor[] {
  return channels.map((count, t) => {
    const shape = [2, count, ...planes[t]!] as const
    return nhwc(
      fill(2 * count * planes[t]![0] * planes[t]![1], t).map(value => 5 * value),
      shape,
    )
  })
}

/** Parameters in the order in which torch names them, which is that of the branch. */
function loadFills(parameters: readonly Parameter[]): void {
  const values = parameters.map(({ name, shape }, k): [string, Float32Array] => {
    const count = shape.reduce((product, n) => product * n, 1)
    return [name, fill(count, k, shape.length === 1 && name.endsWith('weight') ? 1 : 0)]
  })
  loadStateDict(parameters, new Map(values))
}

function expectClose(actual: ArrayLike<number>, wanted: readonly number[], what: string): void {
  expect(actual.length, what).toBe(wanted.length)
  const largest = wanted.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-3)
  wanted.forEach((value, i) => expect(actual[i]! / largest, `${what}[${i}]`).toBeCloseTo(value / largest, 4))
}

function summary({ gradient, shape, layout }: Parameter): number[] {
  const values = toTorch(gradient!.dataSync() as Float32Array, shape, layout)
  expect(values.length).toBe(torchShape(shape, layout).reduce((product, n) => product * n, 1))
  const total = (of: (value: number) => number) => values.reduce((sum, value) => sum + of(value), 0)
  return [total(value => value), total(Math.abs), ...values.subarray(0, 3)]
}

test.each([
  { name: 'edge', make: () => new EdgeBranch(taps, 1), wanted: expected.edge, outputs: 1 },
  { name: 'displacement', make: () => new DisplacementBranch(taps, 1), wanted: expected.displacement, outputs: 2 },
])('the $name branch and its gradients are those of PyTorch, and nothing is left over', ({ make, wanted, outputs }) => {
  const branch = make()
  const learned = branch.parameters.filter(({ learned }) => learned)
  expect(learned.map(({ name }) => name)).toEqual(Object.keys(wanted.gradients))
  loadFills(learned)
  const inputs = features()
  branch.forward(inputs, evaluation).dispose() // parameters are uploaded when they are first used
  const before = binding.getNumOfTensors()
  expectClose(take(branch.forward(inputs, evaluation)), wanted.y, 'y')
  expect(binding.getNumOfTensors()).toBe(before)
  const y = branch.forward(inputs, trainingPass(1, 0))
  expect(y.shape).toEqual([2, 5, 7, outputs])
  y.dispose()
  branch.backward(nhwc(fill(70 * outputs, 9), [2, outputs, 5, 7]))
  expect(binding.getNumOfTensors()).toBe(before + learned.length)
  for (const parameter of learned) expectClose(summary(parameter), wanted.gradients[parameter.name]!, parameter.name)
  branch.dispose()
  for (const input of inputs) input.dispose()
})

test('out of training the mean displacement is taken away', () => {
  const branch = new DisplacementBranch(taps, 1)
  const inputs = features()
  const straight = take(branch.forward(inputs, evaluation))
  branch.shift.load(Float32Array.of(2, -3))
  const shifted = take(branch.forward(inputs, evaluation))
  straight.forEach((value, i) => expect(shifted[i]).toBeCloseTo(value - (i % 2 === 0 ? 2 : -3), 4))
  branch.dispose()
  for (const input of inputs) input.dispose()
})
