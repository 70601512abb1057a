import { expect } from 'vitest'
import type { Tensor } from '@tensorflow/tfjs'
import { currentEngine } from '../../src/main/engine/current'
import { evaluation, type Layer, type Pass, trains } from '../../src/main/nn/layer'
import { keyedGenerator } from '../../src/main/nn/random'
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'

/** Numbers in ±1 that are far from each other and from 0, so that a small step crosses no corner of a ReLU or a pool. */
export function spread(count: number, key: string): Float32Array {
  const generator = keyedGenerator(7, key)
  const levels = Array.from({ length: count }, (_, i) => (i + 0.5) / count)
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(uniformFloat64(generator) * (i + 1))
    ;[levels[i], levels[j]] = [levels[j]!, levels[i]!]
  }
  return Float32Array.from(levels, level => 2 * level - 1)
}

/** A pass that trains and also wants the gradient of the input. */
export const fullPass: Pass = { training: true, backward: true, inputGradient: true, seed: 3, step: 5 }

interface CheckOptions {
  readonly shape: readonly number[]
  readonly pass?: Pass
  /** Half the distance of the two points of a difference. */
  readonly step?: number
  /** Largest |difference − gradient|, as a share of the largest gradient of that array (at least 1). */
  readonly tolerance?: number
}

/**
 * Compares every gradient of a layer with central differences of Σ r·y, r fixed and random, at up to 40 places of each
 * array. float32 forward passes: with values around 1 and a step of 1/64 the rounding error is about 1e-4 of y.
 * Also checks that a pass leaves no tensor behind and that evaluation keeps none.
 */
export function checkGradients(layer: Layer, options: CheckOptions): void {
  const { tf, binding } = currentEngine()
  const { shape, pass = fullPass, step = 1 / 64, tolerance = 2e-3 } = options
  const values = spread(
    shape.reduce((product, n) => product * n, 1),
    'x',
  )
  const forward = (input: Float32Array, how: Pass) => layer.forward(tf.tensor(input, [...shape]), how)
  const probe = forward(values, evaluation)
  const weights = spread(probe.size, 'r')
  const objective = (input: Float32Array) => {
    const y = forward(input, { ...pass, backward: false })
    return dot(take(y), weights)
  }
  const outputShape = [...probe.shape]
  probe.dispose()
  const before = binding.getNumOfTensors()
  const y = forward(values, pass)
  y.dispose()
  const dx = layer.backward(tf.tensor(weights, outputShape))
  if (!pass.inputGradient) expect(dx).toBeNull()
  else expectDifferences(take(dx!), values, place => difference(values, place, step, objective), tolerance)
  const gradients = layer.parameters.filter(parameter => parameter.trainable)
  expect(binding.getNumOfTensors() - before).toBe(gradients.length)
  for (const parameter of gradients) {
    const analytic = Float32Array.from(parameter.gradient!.dataSync())
    const start = Float32Array.from(parameter.value.dataSync())
    const at = (changed: Float32Array) => {
      parameter.load(changed)
      return objective(values)
    }
    expectDifferences(analytic, start, place => difference(start, place, step, at), tolerance)
    parameter.load(start)
    parameter.clearGradient()
  }
}

function difference(
  start: Float32Array,
  place: number,
  step: number,
  objective: (values: Float32Array) => number,
): number {
  const at = (offset: number) => objective(start.map((value, i) => (i === place ? value + offset : value)))
  return (at(step) - at(-step)) / (2 * step)
}

function expectDifferences(
  analytic: Float32Array,
  start: Float32Array,
  numeric: (place: number) => number,
  tolerance: number,
): void {
  expect(analytic.length).toBe(start.length)
  const largest = Math.max(
    1,
    analytic.reduce((most, value) => Math.max(most, Math.abs(value)), 0),
  )
  const stride = Math.max(1, Math.floor(start.length / 40))
  for (let place = 0; place < start.length; place += stride)
    expect(analytic[place]! / largest, `place ${place}`).toBeCloseTo(
      numeric(place) / largest,
      -Math.log10(2 * tolerance),
    )
}

/** A pass forward and back leaves as many tensors as it found, the gradients of trained parameters apart. */
export function expectNoLeak(layer: Layer, input: () => Tensor, pass: Pass): void {
  const { tf, binding } = currentEngine()
  const before = binding.getNumOfTensors()
  const y = layer.forward(input(), pass)
  const dy = tf.ones(y.shape)
  y.dispose()
  if (trains(layer) || pass.inputGradient) layer.backward(dy)?.dispose()
  else dy.dispose()
  for (const parameter of layer.parameters) parameter.clearGradient()
  expect(binding.getNumOfTensors()).toBe(before)
}

/** Reads a tensor and frees it. */
export function take(tensor: Tensor): Float32Array {
  const values = Float32Array.from(tensor.dataSync())
  tensor.dispose()
  return values
}

function dot(a: Float32Array, b: Float32Array): number {
  let total = 0
  for (let i = 0; i < a.length; i++) total += a[i]! * b[i]!
  return total
}
