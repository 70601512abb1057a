import { expect, test } from 'vitest'
import { testEngine } from '../../../../tests/helpers/engine'
import { take } from '../../../../tests/helpers/layerChecks'
import { parityValues, syntheticWeights } from '../../../../tests/helpers/syntheticWeights'
import { tinyArchitecture } from '../../../../tests/helpers/tinyArchitecture'
import { expectedWeights } from '../../backbones/architecture'
import { loadStateDict, expectedShapes } from '../../nn/stateDict'
import { logitsOf } from './logits'
import { SegmentationNetwork } from './network/segmentationNetwork'
import { deeplabOptions } from './options'
import { probabilitiesOf } from './probabilities'

const { binding } = testEngine()
const whole = { mirrored: false, window: 'whole', crop: 16, merge: 'mean' } as const

function network(): SegmentationNetwork {
  const architecture = tinyArchitecture(true)
  const options = deeplabOptions.parse({ width: 8, rates: [1, 2], lowChannels: 4, decoderWidth: 8 })
  const made = new SegmentationNetwork(architecture, syntheticWeights(expectedWeights(architecture)), 3, options, 1)
  loadStateDict(made.parameters, syntheticWeights(expectedShapes(made.parameters)))
  return made
}

function photo(width: number, height: number) {
  return { width, height, data: Uint8Array.from(parityValues(width * height * 3, 1), x => Math.round((x + 0.5) * 4)) }
}

/** `[height, width, channels]` from right to left. */
function turned<Values extends Float32Array | Uint8Array>(values: Values, width: number, channels: number): Values {
  return values.map((_, i) => {
    const [row, column, channel] = [Math.floor(i / channels / width), Math.floor(i / channels) % width, i % channels]
    return values[(row * width + width - 1 - column) * channels + channel]!
  }) as Values
}

test('with its mirror image, the logits of a mirrored photo are the mirrored logits', () => {
  const net = network()
  const options = { ...whole, mirrored: true }
  const straight = photo(20, 12)
  const mirrored = { ...straight, data: turned(straight.data, 20, 3) }
  const [a, b] = [take(logitsOf(net, straight, options)), take(logitsOf(net, mirrored, options))]
  turned(a, 20, 3).forEach((value, i) => expect(b[i]).toBeCloseTo(value, 4))
  net.dispose()
})

test('one window that holds the photo is the whole; several give every pixel a finite mean; nothing is left', () => {
  const net = network()
  take(logitsOf(net, photo(16, 16), whole))
  const before = binding.getNumOfTensors()
  const one = take(logitsOf(net, photo(16, 16), { ...whole, window: 'sliding' }))
  expect(one).toEqual(take(logitsOf(net, photo(16, 16), whole)))
  const several = take(logitsOf(net, photo(37, 19), { ...whole, window: 'sliding', mirrored: true }))
  expect(several).toHaveLength(37 * 19 * 3)
  expect(several.every(Number.isFinite)).toBe(true)
  expect(binding.getNumOfTensors()).toBe(before)
  net.dispose()
})

test('probabilities sum to 1, and a label that is not allowed has none', () => {
  const net = network()
  const sizes = [photo(20, 12), photo(30, 18)]
  const input = { width: 20, height: 12 }
  for (const merge of ['mean', 'max'] as const) {
    const { planes, width, height } = probabilitiesOf(net, sizes, input, new Set([0, 2]), { ...whole, merge })
    expect([width, height]).toEqual([5, 3])
    for (let i = 0; i < 15; i++) {
      expect(planes[15 + i]).toBe(0)
      expect(planes[i]! + planes[30 + i]!).toBeCloseTo(1, 5)
    }
  }
  net.dispose()
})
