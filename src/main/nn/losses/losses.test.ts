import { expect, test } from 'vitest'
import { golden } from '../../../../tests/helpers/golden'
import { parityCase } from '../../../../tests/helpers/parity'
import { testEngine } from '../../../../tests/helpers/engine'
import { take } from '../../../../tests/helpers/layerChecks'
import { crossEntropy } from './crossEntropy'
import type { Loss } from './loss'
import { multilabelSoftMargin } from './multilabelSoftMargin'

const { tf, binding } = testEngine()
const expected = golden<{
  readonly softMargin: { logits: number[]; targets: number[]; loss: number; gradient: number[] }
  readonly crossEntropy: readonly { labels: number[]; loss: number; gradient: number[] }[]
}>('layers.json')

function read({ value, gradient }: Loss): { value: number; gradient: number[] } {
  return { value: take(value)[0]!, gradient: [...take(gradient)] }
}

const close = (values: readonly number[], digits = 6) => values.map(value => expect.closeTo(value, digits) as number)

test('multi-label soft margin reproduces the parity case', () => {
  const {
    input,
    expected: loss,
    tol,
  } = parityCase<{
    readonly input: { readonly logits: number[][]; readonly target: number[][] }
    readonly expected: number
    readonly tol: number
  }>('multilabel-soft-margin')
  const { value } = read(multilabelSoftMargin(tf.tensor2d(input.logits), tf.tensor2d(input.target)))
  expect(Math.abs(value - loss)).toBeLessThan(tol)
})

test('multi-label soft margin of two photos and three classes, worked out by its formula', () => {
  const logits = tf.tensor2d([
    [1, -2, 0.5],
    [0, 3, -1],
  ])
  const targets = tf.tensor2d([
    [1, 0, 1],
    [0, 1, 1],
  ])
  expect(read(multilabelSoftMargin(logits, targets)).value).toBeCloseTo(0.4948772, 6)
})

test("multi-label soft margin gives PyTorch's loss and gradient", () => {
  const { logits, targets, loss, gradient } = expected.softMargin
  const found = read(multilabelSoftMargin(tf.tensor2d(logits, [3, 4]), tf.tensor2d(targets, [3, 4])))
  expect(found.value).toBeCloseTo(loss, 6)
  expect(found.gradient).toEqual(close(gradient))
})

test('multi-label soft margin survives logits of ±1000', () => {
  const found = read(multilabelSoftMargin(tf.tensor2d([[1000, -1000]]), tf.tensor2d([[0, 0]])))
  expect(found.value).toBe(500)
  expect(found.gradient).toEqual([0.5, 0])
})

test('the gradient of multi-label soft margin equals central differences', () => {
  const logits = [0.7, -1.2, 2.1, 0.2]
  const targets = tf.tensor2d([1, 0, 0, 1], [2, 2])
  const at = (values: number[]) => read(multilabelSoftMargin(tf.tensor2d(values, [2, 2]), targets))
  const { gradient } = at(logits)
  gradient.forEach((slope, place) => {
    const moved = (offset: number) => at(logits.map((z, i) => (i === place ? z + offset : z))).value
    expect((moved(1 / 64) - moved(-1 / 64)) * 32).toBeCloseTo(slope, 4)
  })
})

test("cross-entropy gives PyTorch's loss and gradient, ignored pixels left out", () => {
  for (const { labels, loss, gradient } of expected.crossEntropy) {
    const logits = tf.tidy(() => {
      const fill = Float32Array.from({ length: 36 }, (_, i) => 3 * (1 + 0.2 * Math.sin(0.3 * (i + 1) + 4)))
      return tf.tensor4d(fill, [2, 3, 2, 3]).transpose([0, 2, 3, 1])
    })
    const found = read(crossEntropy(logits, tf.tensor3d(labels, [2, 2, 3], 'int32'), 255))
    expect(found.value).toBeCloseTo(loss, 5)
    expect(found.gradient).toEqual(close(gradient))
  }
})

test('cross-entropy of ignored pixels alone is 0 and pulls nowhere', () => {
  const found = read(crossEntropy(tf.ones([1, 2, 2, 3]), tf.fill([1, 2, 2], 255, 'int32'), 255))
  expect(found.value).toBe(0)
  expect(found.gradient.every(slope => Math.abs(slope) === 0)).toBe(true)
})

test('the gradient of cross-entropy equals central differences', () => {
  const logits = [0.3, -0.6, 1.1, 0.9, 0.1, -1.4]
  const labels = tf.tensor1d([2, 0], 'int32')
  const at = (values: number[]) => read(crossEntropy(tf.tensor2d(values, [2, 3]), labels, 255))
  at(logits).gradient.forEach((slope, place) => {
    const moved = (offset: number) => at(logits.map((z, i) => (i === place ? z + offset : z))).value
    expect((moved(1 / 64) - moved(-1 / 64)) * 32).toBeCloseTo(slope, 4)
  })
})

test('losses leave nothing behind but what they return', () => {
  const targets = tf.tensor2d([[1, 0]])
  const labels = tf.tensor1d([1], 'int32')
  const before = binding.getNumOfTensors()
  read(multilabelSoftMargin(tf.tensor2d([[1, 2]]), targets))
  read(crossEntropy(tf.tensor2d([[1, 2]]), labels, 255))
  expect(binding.getNumOfTensors()).toBeLessThanOrEqual(before + 2) // the targets' own upload
})

test('losses refuse shapes that do not fit, naming both', () => {
  expect(() => multilabelSoftMargin(tf.ones([1, 2]), tf.ones([1, 3]))).toThrow('logits are [1, 2], targets [1, 3]')
  expect(() => crossEntropy(tf.ones([1, 2, 2, 3]), tf.ones([1, 2, 2]), 255)).toThrow('labels float32 [1, 2, 2]')
})

test('the pixels with the largest losses are set aside where asked for, ignored ones not counted among them', () => {
  // Losses of two classes by hand: −ln σ(margin), largest where the label's logit is the lower one.
  const margins = [2, -3, 0, 1, 0, -1]
  const labels = tf.tensor2d([0, 0, 0, 0, 255, 0], [1, 6], 'int32')
  const of = (dropped: number, values = margins) =>
    read(
      crossEntropy(
        tf.tensor3d(
          values.flatMap(margin => [margin, 0]),
          [1, 6, 2],
        ),
        labels,
        255,
        dropped,
      ),
    )
  const loss = (margin: number) => Math.log(1 + Math.exp(-margin))
  expect(of(0.19).value).toBeCloseTo((loss(2) + loss(-3) + loss(0) + loss(1) + loss(-1)) / 5, 6)
  expect(of(0.2).value).toBeCloseTo((loss(2) + loss(0) + loss(1) + loss(-1)) / 4, 6)
  const { value, gradient } = of(0.5)
  expect(value).toBeCloseTo((loss(2) + loss(0) + loss(1)) / 3, 6)
  const slope = (margin: number) => -1 / (1 + Math.exp(margin)) / 3
  const kept = [slope(2), 0, slope(0), slope(1), 0, 0]
  expect(gradient).toEqual(close(kept.flatMap(each => [each, -each || 0])))
  kept.forEach((expected, place) => {
    const moved = (offset: number) =>
      of(
        0.5,
        margins.map((margin, i) => (i === place ? margin + offset : margin)),
      )
    expect((moved(1 / 64).value - moved(-1 / 64).value) * 32).toBeCloseTo(expected, 4)
  })
})
