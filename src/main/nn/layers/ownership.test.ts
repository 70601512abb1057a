import { expect, test } from 'vitest'
import { testEngine } from '../../../../tests/helpers/engine'
import { expectNoLeak, fullPass, take } from '../../../../tests/helpers/layerChecks'
import { torchDefault } from '../initializers'
import { evaluation, trainingPass } from '../layer'
import { share } from '../tensors'
import { Activation } from './activation'
import { BatchNorm } from './batchNorm'
import { concatOf, residual } from './branch'
import { Convolution, type ConvolutionOptions } from './convolution'
import { Dropout } from './dropout'
import { FoldedConvolution } from './foldedConvolution'
import { GlobalAveragePool } from './globalAveragePool'
import { Linear } from './linear'
import { MaxPool } from './maxPool'
import { sequence } from './sequence'

const { tf, binding } = testEngine()

function convolution(name: string, inputs: number, outputs: number): ConvolutionOptions {
  const shape = { kernel: 3, stride: 1, dilation: 1, padding: 'symmetric' } as const
  return { name, kind: 'full', inputs, outputs, ...shape, group: 'backbone' }
}

/** One of each kind of layer, in two branches. */
function smallNet() {
  const initial = torchDefault(1)
  const norm = (name: string) => ({ name, epsilon: 1e-5, group: 'norm' })
  const trunk = sequence(
    new FoldedConvolution(convolution('stem', 3, 4), norm('bn0'), initial),
    new Activation('relu'),
    new MaxPool({ kernel: 3, stride: 2, padding: 'symmetric', rounding: 'floor' }),
    residual(sequence(new Convolution(convolution('a', 4, 4), initial, initial), new Activation('relu6'))),
    concatOf(
      new FoldedConvolution({ ...convolution('b', 4, 2), dilation: 2 }, norm('bn1'), initial),
      sequence(
        new Convolution(convolution('c', 4, 2), initial, null),
        new BatchNorm({ ...norm('bn2'), channels: 2, momentum: 0.1 }),
      ),
    ),
  )
  const head = new Linear({ name: 'fc', inputs: 4, outputs: 2, group: 'head' }, initial, null)
  return { trunk, net: sequence(trunk, new Dropout('drop', 0.5), new GlobalAveragePool(), head) }
}

const photos = () => tf.ones([2, 9, 8, 3])

test('a pass leaves no tensor behind: evaluating, training, with the gradient of the input', () => {
  const { net } = smallNet()
  take(net.forward(photos(), fullPass)) // folds the weights once
  net.discard()
  expectNoLeak(net, photos, trainingPass(1, 0))
  expectNoLeak(net, photos, fullPass)
  const before = binding.getNumOfTensors()
  net.forward(photos(), evaluation).dispose()
  expect(binding.getNumOfTensors()).toBe(before)
})

test('a frozen prefix keeps nothing', () => {
  const { net, trunk } = smallNet()
  for (const parameter of trunk.parameters) parameter.trainable = false
  net.forward(photos(), evaluation).dispose() // uploads and folds the weights once
  const before = binding.getNumOfTensors()
  trunk.forward(photos(), trainingPass(1, 0)).dispose()
  expect(binding.getNumOfTensors()).toBe(before)
  expectNoLeak(net, photos, trainingPass(1, 0))
  expect(trunk.parameters.every(({ gradient }) => gradient === null)).toBe(true)
})

test('a step given up between forward and backward is discarded without a trace', () => {
  const { net } = smallNet()
  net.forward(photos(), trainingPass(1, 0)).dispose()
  net.discard()
  const before = binding.getNumOfTensors()
  net.forward(photos(), trainingPass(1, 1)).dispose()
  net.discard()
  expect(binding.getNumOfTensors()).toBe(before)
})

test('disposing a net frees all it holds', () => {
  const before = binding.getNumOfTensors()
  const { net } = smallNet()
  const y = net.forward(photos(), fullPass)
  net.backward(tf.onesLike(y))!.dispose()
  y.dispose()
  net.dispose()
  expect(binding.getNumOfTensors()).toBeLessThanOrEqual(before)
})

test('a layer used twice answers its passes latest first', () => {
  const layer = new Linear({ name: 'fc', inputs: 1, outputs: 1, group: 'head' }, () => Float32Array.of(2), null)
  layer.forward(tf.tensor2d([[3]]), fullPass).dispose()
  layer.forward(tf.tensor2d([[5]]), fullPass).dispose()
  layer.backward(tf.tensor2d([[1]]))!.dispose()
  expect([...layer.weight.gradient!.dataSync()]).toEqual([5])
  layer.backward(tf.tensor2d([[10]]))!.dispose()
  expect([...layer.weight.gradient!.dataSync()]).toEqual([35])
})

test('a shared tensor outlives the layer it was given to', () => {
  const x = photos()
  const { net } = smallNet()
  net.forward(share(x), evaluation).dispose()
  expect(x.dataSync()[0]).toBe(1)
  x.dispose()
})

test('running statistics stay frozen when a whole net is told to train', () => {
  const { net } = smallNet()
  for (const parameter of net.parameters) parameter.trainable = true
  const statistics = net.parameters.filter(({ name }) => name.includes('running_'))
  expect(statistics.map(({ trainable }) => trainable)).toEqual(statistics.map(() => false))
})

test('batch norm refuses a batch of one value a channel', () => {
  const layer = new BatchNorm({ name: 'bn9', channels: 2, epsilon: 1e-5, momentum: 0.1, group: 'norm' })
  expect(() => layer.forward(tf.ones([1, 1, 1, 2]), fullPass)).toThrow(/bn9.*use ≥ 2 photos/)
})

test('what no gradient knows is refused when the layer is made', () => {
  const make = (options: Partial<ConvolutionOptions>) => () =>
    new Convolution({ ...convolution('conv7', 4, 4), ...options }, torchDefault(1), null)
  expect(make({ stride: 2, dilation: 2 })).toThrow('conv7: a convolution of stride 2 cannot be dilated by 2')
  expect(make({ kind: 'depthwise', outputs: 8 })).toThrow('conv7: a depthwise convolution gives its 4 channels, not 8')
})

test('dropout repeats the mask of a step and draws another for the next', () => {
  const layer = new Dropout('drop', 0.5)
  const at = (step: number) => [
    ...take(layer.forward(tf.ones([1, 8, 8, 1]), { ...evaluation, training: true, seed: 1, step })),
  ]
  expect(at(4)).toEqual(at(4))
  expect(at(4)).not.toEqual(at(5))
  expect(new Set(at(4))).toEqual(new Set([0, 2]))
})
