import type { Tensor } from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { testEngine } from '../../../../../tests/helpers/engine'
import { golden } from '../../../../../tests/helpers/golden'
import { parityValues, syntheticWeights } from '../../../../../tests/helpers/syntheticWeights'
import { tinyArchitecture } from '../../../../../tests/helpers/tinyArchitecture'
import { expectedWeights } from '../../../backbones/architecture'
import { architectureOf } from '../../../backbones/catalogue'
import { trainingPass } from '../../../nn/layer'
import { expectedShapes, loadStateDict } from '../../../nn/stateDict'
import { toTorch } from '../../../nn/torchLayout'
import { learnAtFullSize } from '../loss'
import { learnAtScales } from '../multiScaleLoss'
import { deeplabOptions } from '../options'
import { torchNames } from '../checkpoint'
import { layoutFor, type NetworkOptions, SegmentationNetwork } from './segmentationNetwork'

// PyTorch's numbers, its own and torchvision's modules (tests/golden/deeplab.py), on a backbone of four parts.
const { tf, binding } = testEngine()

interface Golden {
  readonly name: string
  readonly loss: number
  readonly gradients: readonly {
    readonly name: string
    readonly max: number
    readonly step: number
    readonly values: readonly number[]
  }[]
}
interface Shapes {
  readonly name: 'torchvision'
  readonly shapes: Readonly<Record<string, number[]>>
}
const cases = golden<(Golden | Shapes)[]>('deeplab.json')
const LABELS = 3
const shape = [2, 22, 25] as const
const pixels = 2 * 22 * 25

const small: NetworkOptions = {
  ...deeplabOptions.parse({}),
  ...{ width: 4, rates: [1, 2], lowChannels: 2, decoderWidth: 5, dropout: 0, separable: false },
}

function inputs(): { readonly images: Tensor; readonly labels: Tensor } {
  const drawn = parityValues(pixels, 3).map(x => Math.floor((x + 0.5) * (LABELS + 1)))
  return {
    images: tf.tensor4d(
      Float32Array.from(parityValues(pixels * 3, 7), x => 2 * x),
      [...shape, 3],
    ),
    labels: tf.tensor4d(
      Float32Array.from(drawn, label => (label === LABELS ? 255 : label)),
      [...shape, 1],
    ),
  }
}

function smallNetwork(options: Partial<NetworkOptions>): SegmentationNetwork {
  const architecture = tinyArchitecture(true)
  const weights = syntheticWeights(expectedWeights(architecture))
  const network = new SegmentationNetwork(architecture, weights, LABELS, { ...small, ...options }, 1)
  loadStateDict(network.parameters, syntheticWeights(expectedShapes(network.parameters)))
  return network
}

const settings: readonly (readonly [string, Partial<NetworkOptions>, typeof learnAtFullSize])[] = [
  ['deeplabv3plus', {}, learnAtFullSize],
  ['deeplabv3plus, separable', { separable: true }, learnAtFullSize],
  ['deeplabv3', { head: 'deeplabv3' }, learnAtFullSize],
  ['deeplabv2', { head: 'deeplabv2' }, learnAtFullSize],
  ['deeplabv2 at three scales', { head: 'deeplabv2' }, learnAtScales],
]

test.each(settings)("%s has PyTorch's loss and gradients", (name, options, learn) => {
  const expected = cases.find((each): each is Golden => each.name === name)!
  const before = binding.getNumOfTensors()
  const network = smallNetwork(options)
  const { images, labels } = inputs()
  const loss = learn(network, images, labels, trainingPass(1, 0), 1)
  expect(loss.dataSync()[0]).toBeCloseTo(expected.loss, 5)
  loss.dispose()
  labels.dispose()
  expect(expected.gradients.map(({ name }) => name).sort()).toEqual(
    network.parameters
      .filter(({ trainable }) => trainable)
      .map(({ name }) => name)
      .sort(),
  )
  for (const { name, max, step, values } of expected.gradients) {
    const { gradient, shape, layout } = network.parameters.find(parameter => parameter.name === name)!
    const actual = toTorch(gradient!.dataSync() as Float32Array, shape, layout)
    // float32 in another order through a dozen layers: 1e-3 of the array's largest, 1e-6 where all of it is noise.
    values.forEach((value, k) =>
      expect(Math.abs(actual[k * step]! - value), `${name}[${k * step}]`).toBeLessThan(1e-3 * max + 1e-6),
    )
  }
  network.dispose()
  expect(binding.getNumOfTensors()).toBe(before)
})

test("half a micro-batch's share is half the gradient", () => {
  const gradients = [1, 0.5].map(part => {
    const network = smallNetwork({})
    const { images, labels } = inputs()
    learnAtFullSize(network, images, labels, trainingPass(1, 0), part).dispose()
    labels.dispose()
    const values = [...network.parameters.at(-1)!.gradient!.dataSync()]
    network.dispose()
    return values
  })
  expect(gradients[1]).toEqual(gradients[0]!.map(value => expect.closeTo(value / 2, 6)))
})

test("torchvision's deeplabv3_resnet50 has these names and shapes", () => {
  const { shapes } = cases.find((each): each is Shapes => each.name === 'torchvision')!
  const names = (prefix: string) => Object.keys(shapes).filter(name => name.startsWith(prefix))
  const trunk = expectedWeights(architectureOf('resnet50', layoutFor({ head: 'deeplabv3', stride: 8 })))
  expect(Object.fromEntries(names('backbone.').map(name => [name.slice(9), shapes[name]]))).toEqual(
    Object.fromEntries(trunk),
  )
  const network = smallNetwork({ head: 'deeplabv3', rates: [1, 2, 3] })
  const ours = [...torchNames(network).keys()]
  expect(ours.filter(name => name.startsWith('classifier.')).sort()).toEqual(names('classifier.').sort())
  expect(ours.every(name => /^(backbone|classifier)\./.test(name))).toBe(true)
  network.dispose()
})
