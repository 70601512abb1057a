import { expect, test } from 'vitest'
import { golden } from '../../../../tests/helpers/golden'
import { testEngine } from '../../../../tests/helpers/engine'
import { fullPass, take } from '../../../../tests/helpers/layerChecks'
import type { Initializer } from '../initializers'
import type { Layer, Pass } from '../layer'
import type { Parameter } from '../parameter'
import { fromTorch, torchShape, toTorch } from '../torchLayout'
import { Activation } from './activation'
import { BatchNorm } from './batchNorm'
import { residual, sumOf } from './branch'
import { Convolution, type ConvolutionOptions } from './convolution'
import { FoldedConvolution } from './foldedConvolution'
import { MaxPool } from './maxPool'
import { Resize } from './resize'
import { sequence } from './sequence'

// PyTorch's own numbers (tests/golden/layers.py), float32 on both sides: 1e-4 of the largest value of an array.
const { tf } = testEngine()

interface Numbers {
  readonly y: number[]
  readonly dx: number[]
}
interface Goldens {
  readonly bottleneck: Numbers & { readonly sum: number; readonly gradients: Record<string, number[]> }
  readonly depthwiseStride2: Numbers & { readonly weight: number[]; readonly gamma: number[]; readonly beta: number[] }
  readonly depthwiseDilated: Goldens['depthwiseStride2']
  readonly aspp: { sum: number; dx: number[]; weights: [number[], number[]]; biases: [number[], number[]] }
  readonly batchNorm: Numbers & Record<'gamma' | 'beta' | 'mean' | 'variance', number[]>
  readonly planes: Record<string, Numbers & { readonly shape: number[] }>
}
const expected = golden<Goldens>('layers.json')

/** Element i (row-major, torch's order) is base + 0.2 sin(0.3 (i + 1) + k), as in layers.py. */
function fill(shape: readonly number[], k: number, base = 0): Float32Array {
  const count = shape.reduce((product, n) => product * n, 1)
  return Float32Array.from({ length: count }, (_, i) => base + 0.2 * Math.sin(0.3 * (i + 1) + k))
}

/** A weight filled in torch's order, as our initializers give it. */
const filled =
  (k: number, base = 0): Initializer =>
  ({ shape, layout }) =>
    fromTorch(fill(torchShape(shape, layout), k, base), shape, layout)

function fillNorm([gamma, beta, mean, variance]: readonly Parameter[], first: number): void {
  gamma!.load(fill(gamma!.shape, first, 1))
  beta!.load(fill(beta!.shape, first + 1))
  mean!.load(fill(mean!.shape, first + 2))
  variance!.load(fill(variance!.shape, first + 3, 1))
}

/** layers.py's image: sin(0.05 (i + 1)) in NCHW order, given as NHWC. */
function image(channels: number, height: number, width: number) {
  return tf.tidy(() => {
    const values = Float32Array.from({ length: channels * height * width }, (_, i) => Math.sin(0.05 * (i + 1)))
    return tf.tensor3d(values, [channels, height, width]).transpose([1, 2, 0]).expandDims(0)
  })
}

/** fill(…, 9) in NCHW order, for a result of NHWC `shape`. */
function slopes([n, height, width, channels]: readonly number[]) {
  return tf.tidy(() => {
    const order = [n!, channels!, height!, width!] as [number, number, number, number]
    return tf.tensor4d(fill(order, 9), order).transpose([0, 2, 3, 1])
  })
}

function expectClose(actual: ArrayLike<number>, wanted: readonly number[], what: string): void {
  expect(actual.length, what).toBe(wanted.length)
  const largest = wanted.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-3)
  wanted.forEach((value, i) => expect(actual[i]! / largest, `${what}[${i}]`).toBeCloseTo(value / largest, 4))
}

/** Runs a layer forward and back on layers.py's image and slopes. */
function runLayer(layer: Layer, x = image(3, 8, 7), pass: Pass = fullPass): { y: Float32Array; dx: Float32Array } {
  const y = layer.forward(x, pass)
  const dx = layer.backward(slopes(y.shape))!
  return { y: take(y), dx: take(dx) }
}

function gradientOf({ gradient, shape, layout }: Parameter): Float32Array {
  return toTorch(gradient!.dataSync() as Float32Array, shape, layout)
}

const base: ConvolutionOptions = {
  name: 'conv',
  kind: 'full',
  inputs: 8,
  outputs: 4,
  kernel: 1,
  stride: 1,
  dilation: 1,
  padding: 'symmetric',
  group: 'backbone',
}

function foldedPart(conv: string, norm: string, first: number, options: Partial<ConvolutionOptions>) {
  const settings = { ...base, ...options, name: conv }
  const layer = new FoldedConvolution(settings, { name: norm, epsilon: 1e-5, group: 'norm' }, filled(first))
  fillNorm(layer.norm.all, first + 1)
  return layer
}

test("a ResNet bottleneck with folded batch norms gives PyTorch's numbers", () => {
  const part = foldedPart
  const body = sequence(
    part('conv1', 'bn1', 0, {}),
    new Activation('relu'),
    part('conv2', 'bn2', 5, { inputs: 4, kernel: 3, stride: 2 }),
    new Activation('relu'),
    part('conv3', 'bn3', 10, { inputs: 4, outputs: 16 }),
  )
  const net = sequence(
    residual(body, part('downsample.0', 'downsample.1', 15, { outputs: 16, stride: 2 })),
    new Activation('relu'),
  )
  const { y, dx } = runLayer(net, image(8, 6, 6))
  expectClose(y, expected.bottleneck.y, 'y')
  expect(y.reduce((total, value) => total + value, 0)).toBeCloseTo(22.531919, 4) // PyTorch 1.13's too
  expectClose(dx, expected.bottleneck.dx, 'dx')
  for (const [name, wanted] of Object.entries(expected.bottleneck.gradients)) {
    const parameter = net.parameters.find(candidate => candidate.name === name)!
    expectClose(gradientOf(parameter), wanted, name)
  }
})

test.each([
  ['stride 2', { stride: 2 }, 'depthwiseStride2'],
  ['dilation 2', { dilation: 2 }, 'depthwiseDilated'],
] as const)("a depthwise convolution of %s with ReLU6 gives PyTorch's numbers", (_, options, id) => {
  const depthwise: ConvolutionOptions = {
    ...base,
    kind: 'depthwise',
    inputs: 3,
    outputs: 3,
    kernel: 5,
    padding: 'tf-same',
    ...options,
  }
  const layer = new FoldedConvolution(depthwise, { name: 'bn', epsilon: 1e-3, group: 'norm' }, filled(1, 0.1))
  fillNorm(layer.norm.all, 2)
  const { y, dx } = runLayer(sequence(layer, new Activation('relu6')))
  const wanted = expected[id]
  expectClose(y, wanted.y, 'y')
  expectClose(dx, wanted.dx, 'dx')
  expectClose(gradientOf(layer.weight), wanted.weight, 'weight')
  expectClose(gradientOf(layer.norm.gamma), wanted.gamma, 'gamma')
  expectClose(gradientOf(layer.norm.beta), wanted.beta, 'beta')
})

test("dilated branches that are added (ASPP) give PyTorch's numbers", () => {
  const branch = (rate: number) => {
    const options = { ...base, name: `rate${rate}`, inputs: 4, outputs: 2, kernel: 3, dilation: rate }
    return new Convolution(options, filled(rate - 1), filled(rate + 9))
  }
  const branches = [branch(1), branch(2)]
  const { y, dx } = runLayer(sumOf(...branches), image(4, 7, 7))
  expect(y.reduce((total, value) => total + value, 0)).toBeCloseTo(112.71148, 3) // PyTorch 1.13's too
  expectClose(dx, expected.aspp.dx, 'dx')
  branches.forEach(({ weight, bias }, index) => {
    expectClose(gradientOf(weight), expected.aspp.weights[index]!, 'weight')
    expectClose(gradientOf(bias!), expected.aspp.biases[index]!, 'bias')
  })
})

test("training batch norm gives PyTorch's numbers and gathers its running statistics", () => {
  const layer = new BatchNorm({ name: 'bn', channels: 3, epsilon: 1e-5, momentum: 0.1, group: 'norm' })
  fillNorm(layer.parameters, 1)
  const x = tf.tidy(() => tf.concat([image(3, 4, 5), image(3, 4, 5).mul(2).add(0.3)]))
  const { y, dx } = runLayer(layer, x)
  expectClose(y, expected.batchNorm.y, 'y')
  expectClose(dx, expected.batchNorm.dx, 'dx')
  expectClose(gradientOf(layer.norm.gamma), expected.batchNorm.gamma, 'gamma')
  expectClose(gradientOf(layer.norm.beta), expected.batchNorm.beta, 'beta')
  expectClose(layer.norm.runningMean.value.dataSync(), expected.batchNorm.mean, 'running mean')
  expectClose(layer.norm.runningVariance.value.dataSync(), expected.batchNorm.variance, 'running variance')
})

const window = { kernel: 3, stride: 2, padding: 'symmetric' } as const
const larger = () => ({ height: 5, width: 11 })
const planes: readonly (readonly [string, () => Layer])[] = [
  ['maxPoolFloor', () => new MaxPool({ ...window, rounding: 'floor' })],
  ['maxPoolCeil', () => new MaxPool({ ...window, rounding: 'ceil' })],
  ['bilinearHalfPixel', () => new Resize('bilinear-half-pixel', larger)],
  ['bilinearAlignCorners', () => new Resize('bilinear-align-corners', larger)],
  ['nearestFloor', () => new Resize('nearest-floor', larger)],
]

test.each(planes)("%s gives PyTorch's numbers", (id, make) => {
  const { y, dx } = runLayer(make(), image(2, 7, 6))
  expectClose(y, expected.planes[id]!.y, 'y')
  expectClose(dx, expected.planes[id]!.dx, 'dx')
})

test('max pooling never lets padding win over negative values', () => {
  const x = tf.fill([1, 4, 4, 1], -3)
  const y = new MaxPool({ ...window, rounding: 'ceil' }).forward(x, { ...fullPass, backward: false })
  expect([...take(y)].every(value => value === -3)).toBe(true)
})

test('nearest by centres takes the pixels that Pillow takes', () => {
  const layer = new Resize('nearest-centre', () => ({ height: 1, width: 3 }))
  const y = layer.forward(tf.tensor4d([0, 1, 2, 3, 4, 5, 6], [1, 1, 7, 1]), { ...fullPass, backward: false })
  expect([...take(y)]).toEqual([1, 3, 5]) // tests/golden/resize.json, 7 → 3
})
