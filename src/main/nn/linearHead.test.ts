import { expect, test } from 'vitest'
import { golden } from '../../../tests/helpers/golden'
import { testEngine } from '../../../tests/helpers/engine'
import { fitLinearHead } from './linearHead'

const { binding } = testEngine()
const { linearHead } = golden<{
  readonly linearHead: { readonly loss: number; readonly weight: number[]; readonly targets: number[] }
}>('layers.json')

const features = Float32Array.from({ length: 180 }, (_, i) => 0.3 + 0.2 * Math.sin(0.3 * (i + 1) + 1))
const sizes = { photos: 30, channels: 6, classes: 3 }

test("finds the minimum that PyTorch's L-BFGS finds in float64", () => {
  const { weight, losses } = fitLinearHead(features, Float32Array.from(linearHead.targets), sizes, {
    weightDecay: 5e-4,
  })
  expect(losses[0]).toBeCloseTo(Math.log(2), 6) // zero weights: every probability is 1/2
  expect(losses.at(-1)).toBeCloseTo(linearHead.loss, 8)
  // The objective is flat there: 1e-7 of gradient over a curvature of 1e-3 leaves 1e-4 of the weights open.
  const largest = Math.max(...linearHead.weight.map(Math.abs))
  expect([...weight].map(w => w / largest)).toEqual(linearHead.weight.map(w => expect.closeTo(w / largest, 3)))
})

test('takes targets as bytes and leaves no tensor behind', () => {
  const before = binding.getNumOfTensors()
  const bytes = fitLinearHead(features, Uint8Array.from(linearHead.targets), sizes, { weightDecay: 5e-4 })
  expect(bytes.losses.at(-1)).toBeCloseTo(linearHead.loss, 8)
  expect(binding.getNumOfTensors()).toBe(before)
})

test('refuses arrays that do not fit, with their numbers', () => {
  expect(() => fitLinearHead(features, new Uint8Array(30), sizes, { weightDecay: 0 })).toThrow(
    '30 photos of 6 channels and 3 classes do not fit 180 features and 30 targets',
  )
})
