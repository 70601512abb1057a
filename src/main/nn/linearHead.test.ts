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

test("finds the minimum that PyTorch's L-BFGS finds in float64", async () => {
  const { weight, losses } = await fitLinearHead(features, Float32Array.from(linearHead.targets), sizes, {
    weightDecay: 5e-4,
  })
  expect(losses[0]).toBeCloseTo(Math.log(2), 6) // zero weights: every probability is 1/2
  expect(losses.at(-1)).toBeCloseTo(linearHead.loss, 8)
  // The objective is flat there: 1e-7 of gradient over a curvature of 1e-3 leaves 1e-4 of the weights open.
  const largest = Math.max(...linearHead.weight.map(Math.abs))
  expect([...weight].map(w => w / largest)).toEqual(linearHead.weight.map(w => expect.closeTo(w / largest, 3)))
})

test('takes targets as bytes and leaves no tensor behind', async () => {
  const before = binding.getNumOfTensors()
  const bytes = await fitLinearHead(features, Uint8Array.from(linearHead.targets), sizes, { weightDecay: 5e-4 })
  expect(bytes.losses.at(-1)).toBeCloseTo(linearHead.loss, 8)
  expect(binding.getNumOfTensors()).toBe(before)
})

test('a photo that counts twice is a photo that is there twice', async () => {
  const twice = [...Array.from({ length: 30 }, (_, photo) => photo), 4, 17]
  const repeated = await fitLinearHead(
    Float32Array.from(twice.flatMap(photo => [...features.subarray(photo * 6, photo * 6 + 6)])),
    Float32Array.from(twice.flatMap(photo => linearHead.targets.slice(photo * 3, photo * 3 + 3))),
    { ...sizes, photos: 32 },
    { weightDecay: 5e-4 },
  )
  const photoWeights = Float32Array.from({ length: 30 }, (_, photo) => (photo === 4 || photo === 17 ? 2 : 1))
  const weighted = await fitLinearHead(features, Float32Array.from(linearHead.targets), sizes, {
    weightDecay: 5e-4,
    photoWeights,
  })
  expect(weighted.losses.at(-1)).toBeCloseTo(repeated.losses.at(-1)!, 7)
  const largest = Math.max(...repeated.weight.map(Math.abs))
  expect([...weighted.weight].map(w => w / largest)).toEqual(
    [...repeated.weight].map(w => expect.closeTo(w / largest, 3)),
  )
})

test('refuses arrays that do not fit, with their numbers', async () => {
  await expect(fitLinearHead(features, new Uint8Array(30), sizes, { weightDecay: 0 })).rejects.toThrow(
    '30 photos of 6 channels and 3 classes do not fit 180 features and 30 targets',
  )
  await expect(
    fitLinearHead(features, new Uint8Array(90), sizes, { weightDecay: 0, photoWeights: new Float32Array(30) }),
  ).rejects.toThrow('30 weights for 30 photos, each above 0')
})

test('says the loss of each iteration as it goes, and stops where that throws, its matrix freed', async () => {
  const before = binding.getNumOfTensors()
  const said: number[] = []
  const onIteration = async (loss: number, iteration: number) => {
    await Promise.resolve()
    expect(iteration).toBe(said.length)
    if (iteration === 3) throw new Error('stopped')
    said.push(loss)
  }
  const fit = (options: object) =>
    fitLinearHead(features, Uint8Array.from(linearHead.targets), sizes, { weightDecay: 5e-4, ...options })
  await expect(fit({ onIteration })).rejects.toThrow('stopped')
  expect(binding.getNumOfTensors()).toBe(before)
  expect(said).toEqual((await fit({})).losses.slice(0, 3))
})
