import { expect, test } from 'vitest'
import { testEngine } from '../../../../tests/helpers/engine'
import { checkGradients, fullPass, spread, take } from '../../../../tests/helpers/layerChecks'
import type { Initializer } from '../initializers'
import type { Layer } from '../layer'
import { Activation } from './activation'
import { BatchNorm } from './batchNorm'
import { concatOf, residual, sumOf } from './branch'
import { Convolution, type ConvolutionOptions } from './convolution'
import { Dropout } from './dropout'
import { FoldedConvolution } from './foldedConvolution'
import { GlobalAveragePool } from './globalAveragePool'
import { Linear } from './linear'
import { MaxPool } from './maxPool'
import { Resize, type ResizeConvention } from './resize'
import { sequence } from './sequence'

// Central differences in float32: see checkGradients for the step and the tolerance of 2e-3 of the largest gradient.
testEngine()

const initial: Initializer = ({ name, shape }) =>
  spread(
    shape.reduce((product, n) => product * n, 1),
    name,
  )

const plain: ConvolutionOptions = {
  name: 'conv',
  kind: 'full',
  inputs: 3,
  outputs: 4,
  kernel: 3,
  stride: 1,
  dilation: 1,
  padding: 'symmetric',
  group: 'backbone',
}

const geometries: readonly (readonly [string, Partial<ConvolutionOptions>])[] = [
  ['3×3', {}],
  ['3×3 of stride 2 on even and odd sides', { stride: 2 }],
  ['3×3 of stride 2 padded as TensorFlow does', { stride: 2, padding: 'tf-same' }],
  ['5×5 of stride 2 padded as TensorFlow does', { stride: 2, kernel: 5, padding: 'tf-same' }],
  ['7×7 of stride 2', { stride: 2, kernel: 7 }],
  ['3×3 dilated by 2', { dilation: 2 }],
  ['5×5 dilated by 2 padded as TensorFlow does', { dilation: 2, kernel: 5, padding: 'tf-same' }],
  ['3×3 dilated by 3', { dilation: 3 }],
  ['3×3 without padding', { padding: 'none' }],
  ['1×1', { kernel: 1 }],
  ['1×1 of stride 2', { kernel: 1, stride: 2 }],
]

test.each(geometries)('gradients of a convolution %s equal differences', (_, options) => {
  checkGradients(new Convolution({ ...plain, ...options }, initial, initial), { shape: [2, 8, 7, 3] })
})

test.each(geometries)('gradients of a depthwise convolution %s equal differences', (_, options) => {
  const depthwise: ConvolutionOptions = { ...plain, kind: 'depthwise', outputs: 3, ...options }
  checkGradients(new Convolution(depthwise, initial, null), { shape: [2, 8, 7, 3] })
})

/** A convolution with batch norm, its statistics away from 0 and 1. */
function folded(
  options: Partial<ConvolutionOptions>,
  activation: 'none' | 'relu' | 'relu6' = 'none',
): FoldedConvolution {
  const norm = { name: 'bn', epsilon: 1e-3, group: 'norm' }
  const layer = new FoldedConvolution({ ...plain, ...options }, norm, initial, activation)
  unsettle(layer.norm.all.map(parameter => parameter))
  return layer
}

function unsettle([gamma, beta, mean, variance]: Layer['parameters']): void {
  gamma!.load(gamma!.value.dataSync().map((_, i) => 0.8 + 0.3 * i) as Float32Array)
  beta!.load(beta!.value.dataSync().map((_, i) => 0.2 * i - 0.3) as Float32Array)
  mean!.load(mean!.value.dataSync().map((_, i) => 0.1 * i - 0.2) as Float32Array)
  variance!.load(variance!.value.dataSync().map((_, i) => 0.5 + 0.4 * i) as Float32Array)
}

test.each(geometries)('gradients of a folded convolution %s equal differences', (_, options) => {
  checkGradients(folded(options), { shape: [2, 8, 7, 3] })
})

test.each(geometries)(
  'a folded convolution %s with its activation is the two layers after each other',
  (_, options) => {
    const { tf } = testEngine()
    for (const kind of ['relu', 'relu6'] as const) {
      const fused = folded(options, kind)
      const apart = sequence(folded(options), new Activation(kind))
      const x = () =>
        tf.tensor4d(
          spread(2 * 8 * 7 * 3, 'x').map(value => value * 4),
          [2, 8, 7, 3],
        )
      const results = [fused, apart].map(layer => {
        const y = layer.forward(x(), fullPass)
        const forward = take(tf.keep(y.clone()))
        const dx = layer.backward(tf.onesLike(y))
        y.dispose()
        return [...forward, ...take(dx!), ...layer.parameters.flatMap(p => [...(p.gradient?.dataSync() ?? [])])]
      })
      // float32 sums in another order
      results[0]!.forEach((value, i) => expect(value).toBeCloseTo(results[1]![i]!, 4))
      fused.dispose()
      apart.dispose()
    }
  },
)

test.each(geometries)('gradients of a folded depthwise convolution %s equal differences', (_, options) => {
  checkGradients(folded({ kind: 'depthwise', outputs: 3, ...options }), { shape: [2, 8, 7, 3] })
})

test('a folded convolution whose weight is frozen still gives the gradients of γ and β', () => {
  const layer = folded({})
  layer.weight.trainable = false
  checkGradients(layer, { shape: [2, 5, 5, 3] })
})

test('gradients of a batch norm equal differences, with batch and with running statistics', () => {
  const layer = new BatchNorm({ name: 'bn', channels: 3, epsilon: 1e-5, momentum: 0.1, group: 'norm' })
  unsettle(layer.parameters)
  checkGradients(layer, { shape: [3, 4, 5, 3] })
  unsettle(layer.parameters)
  checkGradients(layer, { shape: [3, 4, 5, 3], pass: { ...fullPass, training: false } })
})

test.each(['relu', 'relu6'] as const)('gradients of %s equal differences', kind => {
  // Values of ±9 in steps that no difference of 1/64 crosses a corner by.
  const layer = sequence(scaledBy(9, 2), new Activation(kind))
  checkGradients(layer, { shape: [2, 4, 4, 2], step: 1 / 256 })
})

/** A depthwise 1×1 convolution that multiplies by `factor`. */
function scaledBy(factor: number, channels: number): Layer {
  const options: ConvolutionOptions = { ...plain, kind: 'depthwise', kernel: 1, inputs: channels, outputs: channels }
  const layer = new Convolution(options, () => new Float32Array(channels).fill(factor), null)
  layer.weight.trainable = false
  return layer
}

const pools = [
  { kernel: 3, stride: 2, padding: 'symmetric', rounding: 'floor' },
  { kernel: 3, stride: 2, padding: 'symmetric', rounding: 'ceil' },
  { kernel: 2, stride: 2, padding: 'tf-same', rounding: 'floor' },
  { kernel: 2, stride: 2, padding: 'none', rounding: 'ceil' },
] as const

test.each(pools)('gradients of a max pool $kernel/$stride $padding $rounding equal differences', options => {
  checkGradients(new MaxPool(options), { shape: [2, 7, 6, 2], step: 1 / 512, tolerance: 5e-3 })
})

test('gradients of global average pooling and a linear layer equal differences', () => {
  const head = new Linear({ name: 'fc', inputs: 5, outputs: 3, group: 'head' }, initial, initial)
  checkGradients(sequence(new GlobalAveragePool(), head), { shape: [3, 4, 2, 5] })
})

const conventions: readonly ResizeConvention[] = [
  'bilinear-half-pixel',
  'bilinear-align-corners',
  'nearest-floor',
  'nearest-centre',
]

test.each(conventions)('gradients of a resize by %s equal differences, up and down', convention => {
  const up = new Resize(convention, () => ({ height: 9, width: 5 }))
  const down = new Resize(convention, () => ({ height: 3, width: 2 }))
  checkGradients(up, { shape: [2, 4, 3, 2] })
  checkGradients(down, { shape: [2, 7, 5, 2] })
})

test('gradients of dropout equal differences for the mask of its step', () => {
  checkGradients(new Dropout('drop', 0.4), { shape: [2, 4, 4, 3] })
})

test('gradients through a bottleneck with a shortcut equal differences', () => {
  const body = sequence(
    folded({ name: 'a', kernel: 1, outputs: 2 }),
    folded({ name: 'b', inputs: 2, outputs: 2 }),
    folded({ name: 'c', kernel: 1, inputs: 2, outputs: 3 }),
  )
  checkGradients(residual(body), { shape: [2, 5, 5, 3] })
  checkGradients(residual(folded({ stride: 2 }), folded({ name: 'down', kernel: 1, stride: 2 })), {
    shape: [2, 5, 5, 3],
  })
})

test('gradients of branches that are added or joined equal differences, frozen ones included', () => {
  const frozen = folded({ name: 'frozen' })
  for (const parameter of frozen.parameters) parameter.trainable = false
  const branches = () => [folded({ dilation: 2 }), frozen, folded({ name: 'third', kernel: 1 })]
  checkGradients(sumOf(...branches()), { shape: [1, 5, 4, 3] })
  checkGradients(concatOf(...branches()), { shape: [1, 5, 4, 3] })
  checkGradients(concatOf(...branches()), { shape: [1, 5, 4, 3], pass: { ...fullPass, inputGradient: false } })
})

test('no layer of a frozen prefix is asked for a backward pass', () => {
  const prefix = sequence(folded({}), new Activation('relu'))
  for (const parameter of prefix.parameters) parameter.trainable = false
  const net = sequence(prefix, folded({ name: 'trained', inputs: 4 }))
  checkGradients(net, { shape: [1, 5, 4, 3], pass: { ...fullPass, inputGradient: false } })
  expect(() => prefix.backward(testEngine().tf.ones([1, 5, 4, 4]))).toThrow('without a forward pass')
})
