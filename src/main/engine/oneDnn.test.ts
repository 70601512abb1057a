import { expect, test } from 'vitest'
import { testEngine } from '../../../tests/helpers/engine'
import { biased, convolveDepthwise, convolveDepthwiseBiased, type ConvolutionGeometry } from './ops'
import { hasOneDnn } from './oneDnn'

const engine = testEngine()
const even = (pixels: number) => ({ top: pixels, bottom: pixels, left: pixels, right: pixels })
const odd = (pixels: number) => ({ top: pixels, bottom: pixels + 1, left: pixels, right: pixels + 1 })

test('the engine that is installed has oneDNN', () => {
  expect(hasOneDnn()).toBe(engine.device.type === 'CPU')
})

const geometries: readonly [name: string, size: [number, number], kernel: number, geometry: ConvolutionGeometry][] = [
  ['3×3', [7, 9], 3, { stride: 1, dilation: 1, padding: even(1) }],
  ['5×5 of stride 2, padded evenly', [9, 11], 5, { stride: 2, dilation: 1, padding: even(2) }],
  ['3×3 of stride 2, padded more below and right', [8, 10], 3, { stride: 2, dilation: 1, padding: odd(0) }],
  ['5×5, dilated', [9, 6], 5, { stride: 1, dilation: 2, padding: even(4) }],
  ['3×3 without padding', [7, 6], 3, { stride: 1, dilation: 1, padding: even(0) }],
  ['3×3 padded as TensorFlow has no name for', [7, 6], 3, { stride: 1, dilation: 1, padding: odd(1) }],
]

test.each(geometries)('a biased depthwise convolution equals its three parts: %s', (_, [h, w], kernel, geometry) => {
  const { tf } = engine
  const x = tf.randomNormal([2, h, w, 5], 0, 1, 'float32', 1)
  const filter = tf.randomNormal([kernel, kernel, 5, 1], 0, 1, 'float32', 2)
  const bias = tf.randomNormal([5], 2, 1, 'float32', 3)
  const fused = convolveDepthwiseBiased(x, filter, bias, geometry, 'relu6')
  const parts = biased(convolveDepthwise(x, filter, geometry), bias, 'relu6')
  expect(fused.shape).toEqual(parts.shape)
  expect(parts.max().dataSync()[0]).toBeGreaterThan(0)
  // Sums of at most 25 products of numbers of size 1, in another order: float32 ends 1e-6 away.
  expect(fused.sub(parts).abs().max().dataSync()[0]).toBeLessThan(2e-5)
})
