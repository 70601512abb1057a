import { expect, test } from 'vitest'
import { golden } from '../../../../tests/helpers/golden'
import { testEngine } from '../../../../tests/helpers/engine'
import { Parameter } from '../parameter'
import { poly } from '../schedules/poly'
import { AdamW } from './adamW'
import type { Optimizer } from './optimizer'
import { Sgd } from './sgd'

const { tf, binding } = testEngine()
const expected = golden<Record<'sgd' | 'sgdMomentum' | 'adamW', number[][]>>('layers.json')

function parameter(values: readonly number[], group = 'all'): Parameter {
  const options = { name: 'w', shape: [values.length], layout: 'vector', group, learned: true } as const
  return new Parameter(options, Float32Array.from(values))
}

const wave = (count: number, k: number, base: number) =>
  Array.from({ length: count }, (_, i) => base + 0.2 * Math.sin(0.3 * (i + 1) + k))

/** layers.py's trajectory: four updates under f = Σ p²·fill / 2, the rate halved each time. */
function trajectory(optimizer: Optimizer): number[][] {
  const w = parameter(wave(6, 1, 0))
  const curvature = tf.tensor1d(wave(6, 7, 0.5))
  return [0, 1, 2, 3].map(step => {
    w.accumulate(w.value.mul(curvature))
    optimizer.step([w], 0.5 ** step)
    w.clearGradient()
    return [...w.value.dataSync()]
  })
}

const rates = { all: { learningRate: 0.3, weightDecay: 0.01 } }

test.each([
  ['SGD', () => new Sgd({ groups: rates, momentum: 0 }), 'sgd'],
  ['SGD with momentum', () => new Sgd({ groups: rates, momentum: 0.9 }), 'sgdMomentum'],
  ['AdamW', () => new AdamW({ groups: rates, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }), 'adamW'],
] as const)("%s takes PyTorch's steps", (_, make, id) => {
  trajectory(make()).forEach((values, step) =>
    expect(values).toEqual(expected[id][step]!.map(value => expect.closeTo(value, 6))),
  )
})

test('the optimizer of irn’s misc/torchutils.py, whose weight decay sits in the momentum slot', () => {
  const w = parameter([1, -2])
  const optimizer = new Sgd({ groups: { all: { learningRate: 0.1, weightDecay: 1e-4 } }, momentum: 1e-4 })
  const schedule = poly({ totalSteps: 4, power: 0.9 })
  const seen = [0, 1, 2, 3, 4].map(step => {
    w.accumulate(w.value.clone())
    optimizer.step([w], schedule(step))
    w.clearGradient()
    return w.value.dataSync()[0]!
  })
  const wanted = [0.89999002, 0.83050609, 0.78599107, 0.76341474, 0.74148697]
  expect(seen).toEqual(wanted.map(value => expect.closeTo(value, 6)))
})

test('AdamW takes the steps that its formula gives', () => {
  const w = parameter([1, -2])
  const groups = { all: { learningRate: 0.1, weightDecay: 0.01 } }
  const optimizer = new AdamW({ groups, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 })
  const wanted = [
    [0.899, -1.898],
    [0.804883, -1.932712],
    [0.824714, -1.95908],
  ]
  const gradients = [
    [0.5, -1],
    [0.25, 2],
    [-1, 0],
  ]
  gradients.forEach((gradient, step) => {
    w.accumulate(tf.tensor1d(gradient))
    optimizer.step([w], 1)
    w.clearGradient()
    expect([...w.value.dataSync()]).toEqual(wanted[step]!.map(value => expect.closeTo(value, 5)))
  })
})

test('each group learns at its own rate and frozen parameters stay', () => {
  const [backbone, head, frozen] = [parameter([1], 'backbone'), parameter([1], 'head'), parameter([1], 'head')]
  for (const each of [backbone, head, frozen]) each.accumulate(tf.tensor1d([1]))
  frozen.trainable = false
  const groups = {
    backbone: { learningRate: 0.1, weightDecay: 0 },
    head: { learningRate: 0.5, weightDecay: 0 },
  }
  new Sgd({ groups, momentum: 0 }).step([backbone, head, frozen], 1)
  const values = [backbone, head, frozen].map(each => each.value.dataSync()[0])
  expect(values).toEqual([expect.closeTo(0.9, 6), 0.5, 1])
})

test('a parameter whose group has no options is refused by name', () => {
  const stray = parameter([1], 'norm')
  stray.accumulate(tf.tensor1d([1]))
  expect(() => new Sgd({ groups: rates, momentum: 0 }).step([stray], 1)).toThrow('w belongs to group "norm"')
})

test('gradients of several batches add up before a step', () => {
  const w = parameter([0])
  w.accumulate(tf.tensor1d([0.25]))
  w.accumulate(tf.tensor1d([0.5]))
  expect(w.gradient!.dataSync()[0]).toBe(0.75)
})

test.each([
  ['SGD', () => new Sgd({ groups: rates, momentum: 0.9 })],
  ['AdamW', () => new AdamW({ groups: rates, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 })],
] as const)('%s leaves as many tensors after each step as before it', (_, make) => {
  const w = parameter([1, 2])
  const optimizer = make()
  const step = () => {
    w.accumulate(tf.tensor1d([1, 1]))
    optimizer.step([w], 1)
    w.clearGradient()
  }
  step() // makes the slots
  const before = binding.getNumOfTensors()
  step()
  expect(binding.getNumOfTensors()).toBe(before)
})
