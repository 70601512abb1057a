import { afterAll, expect, test } from 'vitest'
import { architectureOf } from '../../src/main/backbones/catalogue'
import { expectedWeights } from '../../src/main/backbones/architecture'
import { IrNetwork } from '../../src/main/methods/irn/irNetwork'
import { sideFeatures } from '../../src/main/methods/sfc/network/sideFeatures'
import { PlaceLayout, rowsOf } from '../../src/main/methods/sfc/network/placeLayout'
import { SfcHead } from '../../src/main/methods/sfc/network/sfcHead'
import { sfcMaps } from '../../src/main/methods/sfc/network/sfcMaps'
import { sfcDepths } from '../../src/main/methods/sfc/sfcDepths'
import { SfcNetwork } from '../../src/main/methods/sfc/train/sfcNetwork'
import { evaluation, trainingPass } from '../../src/main/nn/layer'
import { resize } from '../../src/main/nn/layers/resize'
import { disposeAll } from '../../src/main/nn/tensors'
import { affinityPaths } from '../../src/shared/affinity/affinityPaths'
import { testEngine } from '../helpers/engine'
import { syntheticWeights } from '../helpers/syntheticWeights'

/**
 * SFC and IRN on the backbone of their papers, with synthetic weights and inputs of a few cells: that the depths, widths
 * and strides are those of their code (SFC network/resnet50_SFC.py, irn net/resnet50_irn.py), which Lite0 cannot show.
 */
const { tf, binding } = testEngine()
const architecture = architectureOf('resnet50')
const weights = syntheticWeights(expectedWeights(architecture))
const classes = 20
const pixels = (count: number) => Uint8Array.from({ length: count }, (_, i) => (i * 7919) % 251)

const before = binding.getNumOfTensors()
const { channels, sideWidths } = sfcDepths(architecture)
/** For 20 classes; the affinity is narrow, since its width is an option. */
const head = new SfcHead({ classes, tapChannels: channels, sideWidths, affinityWidth: 16 }, 1)
const network = new SfcNetwork(architecture, weights, head)
afterAll(() => {
  network.dispose()
  head.dispose()
  expect(binding.getNumOfTensors()).toBe(before)
})

test('SFC reads 256, 512, 1024 and 2048 channels, makes features of 768, and maps of 21 on the grid of stride 16', () => {
  // Sides that no stride divides: ⌈45/16⌉ × ⌈77/16⌉ cells.
  const features = network.trunk.forward(tf.randomUniform([1, 45, 77, 3], -1, 1, 'float32', 3), evaluation)
  const taps = [...features.values()]
  expect(taps.map(({ shape }) => shape)).toEqual([
    [1, 12, 20, 256],
    [1, 6, 10, 512],
    [1, 3, 5, 1024],
    [1, 3, 5, 2048],
  ])
  tf.tidy(() => {
    const depths = taps.map(rowsOf)
    const layout = new PlaceLayout(depths[3]!.planes)
    const sides = head.sides.map(({ value }) => value)
    expect(sideFeatures(depths, sides, layout.grids).value.shape).toEqual([15, 768])
    const input = { layout, depths, colours: tf.zeros([15, 3]), mask: tf.ones([1, 15, classes + 1]) }
    const { refined, prototypes } = sfcMaps(head, input, { affinityHops: 2, backgroundFactor: 0.3 })
    expect([refined.shape, prototypes().shape]).toEqual([
      [1, 15, 21],
      [1, 15, 21],
    ])
  })
  disposeAll(...taps)
})

test('a step of SFC trains the two deepest stages and every convolution of its own, and nothing below', () => {
  const side = 32
  const [rgb, mask] = [pixels(side ** 2 * 3), new Uint8Array(side ** 2).fill(1)]
  const targets = Uint8Array.from({ length: classes }, (_, c) => Number(c === 4))
  const options = {
    ...{ affinityHops: 1, backgroundFactor: 0.3, prototypeLoss: 1.6, scaleLoss: 0.8, detachMaps: false },
    ...{ consistencyNorm: 'all' as const, coefficients: new Array<number>(classes).fill(1), trainsBackbone: true },
  }
  const losses = network.learn({ pixels: rgb, mask, targets, count: 1, side }, options, trainingPass(1, 0), 1)
  const [classification, prototype] = losses.dataSync()
  losses.dispose()
  // The logits of a random head lie near 0: ln 2 a class (SFC's own log begins at 0.716).
  expect(Math.abs(classification! - Math.log(2))).toBeLessThan(0.1)
  expect(prototype).toBeGreaterThan(0)
  const reached = network.parameters.filter(({ gradient }) => gradient !== null).map(({ name }) => name.split('.')[0])
  expect([...new Set(reached)].sort()).toEqual(
    ['classifier', 'f9', 'layer3', 'layer4', 'side1', 'side2', 'side3', 'side4'].sort(),
  )
  for (const parameter of network.parameters) parameter.clearGradient()
})

test('the valid mask is the crop’s box at the corners of the cells, at either size', () => {
  const inside = (row: number, column: number) => row >= 100 && row < 400 && column >= 50 && column < 450
  const box = tf.tensor(
    Float32Array.from({ length: 512 * 512 }, (_, i) => Number(inside(Math.floor(i / 512), i % 512))),
    [1, 512, 512, 1],
  )
  for (const [cells, step] of [
    [32, 16],
    [16, 32],
  ] as const) {
    const small = resize(box, { height: cells, width: cells }, 'nearest-floor')
    const expected = Array.from({ length: cells ** 2 }, (_, i) =>
      Number(inside(step * Math.floor(i / cells), step * (i % cells))),
    )
    expect([...small.dataSync()]).toEqual(expected)
    small.dispose()
  }
  box.dispose()
})

test('IRN has the widths and groups of its network on ResNet-50, and sees edges on a quarter of the sides', () => {
  const pairs = { radius: 2, paths: affinityPaths(2) }
  const irn = new IrNetwork(architecture, weights, pairs, true, 1)
  const convolutions = irn.parameters.filter(({ shape }) => shape.length === 4)
  expect(convolutions.map(({ name, shape }) => `${name} ${shape.slice(2).join('→')}`)).toEqual([
    ...['64→32', '256→32', '512→32', '1024→32', '2048→32'].map((way, i) => `fc_edge${i + 1}.0.weight ${way}`),
    'fc_edge6.weight 160→1',
    ...['64→64', '256→128', '512→256', '1024→256', '2048→256'].map((way, i) => `fc_dp${i + 1}.0.weight ${way}`),
    'fc_dp6.0.weight 768→256',
    'fc_dp7.0.weight 448→256',
    'fc_dp7.3.weight 256→2',
  ])
  const { edge, displacement, ...size } = irn.look({ data: pixels(30 * 45 * 3), width: 45, height: 30 }, null)
  expect(size).toEqual({ width: 12, height: 8 })
  expect(edge).toHaveLength(96)
  expect(edge.every(value => value >= 0 && value <= 1)).toBe(true)
  expect(displacement).toHaveLength(2 * 96)
  irn.dispose()
})
