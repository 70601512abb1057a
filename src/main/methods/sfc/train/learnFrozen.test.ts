import { expect, test } from 'vitest'
import { testEngine } from '../../../../../tests/helpers/engine'
import { uploadHalf } from '../../../engine/transfer'
import { floatToHalf } from '../../../../shared/raster/half'
import type { CachedFeatures } from '../../../artifacts/featureCache'
import type { StoredTaps } from '../../../backbones/tapFeatures'
import type { LearningOptions } from '../network/learnSfc'
import { SfcHead } from '../network/sfcHead'
import type { FrozenSample } from './frozenSamples'
import { learnFrozen } from './learnFrozen'

const { binding } = testEngine()
const tapChannels = [4, 5, 6, 8]

/** What is stored is what the head reads, as of a backbone without a last 1×1 convolution. */
const source = {
  upload: ({ colours, taps }: StoredTaps) => ({
    colours: colours && uploadHalf(colours.data, colours.shape),
    taps: taps.map(({ data, shape }) => uploadHalf(data, shape)),
  }),
}

function noise(count: number, key: number, low: number, high: number): Uint16Array {
  const values = Float32Array.from({ length: count }, (_, i) => {
    const value = Math.sin(12.9898 * (i + 1) + 78.233 * key) * 43758.5453
    return low + (high - low) * (value - Math.floor(value))
  })
  return floatToHalf(values)
}

function stored(height: number, width: number, key: number): StoredTaps {
  const plane = (step: number, channels: number, low: number, at: number): CachedFeatures => {
    const shape = [1, Math.ceil(height / step), Math.ceil(width / step), channels] as const
    return { shape, data: noise(shape[1] * shape[2] * channels, key + at, low, 1) }
  }
  const taps = [4, 8, 16, 16].map((step, i) => plane(step, tapChannels[i]!, 0, i))
  return { colours: plane(16, 3, -2, 9), taps }
}

function sample(height: number, width: number, labels: readonly number[], times: number, key: number): FrozenSample {
  return { scales: [stored(height, width, key), stored(height / 2, width / 2, key + 40)], labels, times }
}

/** Grids of 20, 16 and 12 places, the first two in one batch; sides that no stride divides, a photo without a label. */
const samples = [
  sample(64, 62, [0, 2], 1, 100),
  sample(50, 70, [1], 2, 200),
  sample(64, 62, [], 1, 300),
  sample(48, 64, [0], 1, 400),
  sample(64, 48, [1, 2], 3, 500),
]

const cases = (['all', 'present'] as const).flatMap(consistencyNorm =>
  [true, false].map(small => ({ consistencyNorm, small })),
)

test.each(cases)(
  'a step of photos of several grids is the mean of its photos one by one (norm $consistencyNorm, half size $small)',
  ({ consistencyNorm, small }) => {
    const options: LearningOptions = {
      ...{ affinityHops: 2, backgroundFactor: 0.3, prototypeLoss: 1.6, scaleLoss: small ? 0.8 : 0 },
      ...{ consistencyNorm, detachMaps: false, coefficients: [0.6, 0.9, 1.5], trainsBackbone: false },
    }
    const head = new SfcHead({ classes: 3, tapChannels, sideWidths: [2, 3, 4, 4], affinityWidth: 5 }, 1)
    const read = small ? samples : samples.map(each => ({ ...each, scales: each.scales.slice(0, 1) }))
    const learn = (some: readonly FrozenSample[]) => {
      const learned = learnFrozen(head, source, some, options)
      const gradients = head.parameters.map(({ gradient }) => Float32Array.from(gradient!.dataSync()))
      for (const parameter of head.parameters) parameter.clearGradient()
      return { ...learned, arrays: [Float32Array.from(learned.losses), ...gradients] }
    }
    learn(read.slice(0, 1)) // weights are uploaded when they are first used
    const before = binding.getNumOfTensors()
    const together = learn(read)
    expect(binding.getNumOfTensors()).toBe(before)
    const alone = read.map(each => learn([each]))
    const total = read.reduce((sum, { times }) => sum + times, 0)
    together.arrays.forEach((found, array) => {
      const wanted = found.map((_, i) =>
        alone.reduce((sum, { arrays }, photo) => sum + (read[photo]!.times / total) * arrays[array]![i]!, 0),
      )
      const largest = Math.max(...wanted.map(Math.abs))
      const worst = Math.max(...found.map((value, i) => Math.abs(value - wanted[i]!)))
      expect(worst / largest, array === 0 ? 'losses' : head.parameters[array - 1]!.name).toBeLessThan(2e-5)
    })
    together.scores.forEach((scores, i) =>
      expect([...scores]).toEqual([...alone[i]!.scores[0]!].map(value => expect.closeTo(value, 5))),
    )
    head.dispose()
  },
)
