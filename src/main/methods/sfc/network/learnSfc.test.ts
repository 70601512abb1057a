import { expect, test } from 'vitest'
import type { Tensor } from '@tensorflow/tfjs'
import { testEngine } from '../../../../../tests/helpers/engine'
import { golden } from '../../../../../tests/helpers/golden'
import { fromTorch } from '../../../nn/torchLayout'
import { learnSfc, type Learned, type LearningOptions } from './learnSfc'
import { PlaceLayout, rowsOf } from './placeLayout'
import { SfcHead } from './sfcHead'
import { type ScaleInput, sfcMaps } from './sfcMaps'

/** One step of 2 photos, 3 classes and 4 depths at two scales, as tests/golden/sfc.py has it. */
interface SfcStep {
  readonly hops: number
  readonly detach: boolean
  readonly losses: readonly number[]
  readonly gradients: Readonly<Record<string, readonly number[]>>
  readonly deepest: readonly (readonly number[])[]
}

const { tf, binding } = testEngine()
const steps = golden<readonly SfcStep[]>('sfc.json')
const tapChannels = [4, 5, 6, 8]
const labels = [
  [1, 0, 1],
  [0, 1, 0],
]

function fill(shape: readonly number[], key: number, low: number, high: number): Float32Array {
  const count = shape.reduce((product, n) => product * n, 1)
  return Float32Array.from({ length: count }, (_, i) => {
    const value = Math.sin(12.9898 * (i + 1) + 78.233 * key) * 43758.5453
    return low + (high - low) * (value - Math.floor(value))
  })
}

function filled(shape: readonly number[], key: number, low = 0, high = 1): Tensor {
  return tf.tensor(fill(shape, key, low, high), [...shape])
}

/** The head with the golden's weights. */
function goldenHead(): SfcHead {
  const head = new SfcHead({ classes: 3, tapChannels, sideWidths: [2, 3, 4, 4], affinityWidth: 5 }, 1)
  head.parameters.forEach((parameter, i) => {
    const torch = fill([...parameter.shape].reverse(), i + 1, -0.6, 0.6) // [out, in, 1, 1], row-major
    parameter.load(fromTorch(torch, parameter.shape, 'conv'))
  })
  return head
}

function scaleInput(planes: readonly (readonly [number, number])[], key: number, colours: number): ScaleInput {
  const [height, width] = planes.at(-1)!
  const mask = labels.map(row => Array.from({ length: height * width }, () => [1, ...row]))
  const depths = planes.map((plane, i) => rowsOf(filled([2, ...plane, tapChannels[i]!], key + i)))
  return {
    layout: new PlaceLayout(depths.at(-1)!.planes),
    depths,
    colours: filled([2 * height * width, 3], colours, -2, 2),
    mask: tf.tensor3d(mask),
  }
}

function goldenScales(): ScaleInput[] {
  const large = scaleInput([[16, 12], [8, 6], [4, 3], [4, 3]], 10, 30) // prettier-ignore
  const small = scaleInput([[8, 6], [4, 3], [2, 2], [2, 2]], 20, 31) // prettier-ignore
  return [large, small]
}

const options = ({ hops, detach }: Pick<SfcStep, 'hops' | 'detach'>): LearningOptions => ({
  affinityHops: hops,
  backgroundFactor: 0.3,
  prototypeLoss: 1.6,
  scaleLoss: 0.8,
  consistencyNorm: 'all',
  detachMaps: detach,
  coefficients: [0.6, 0.9, 1.5],
  trainsBackbone: true,
})

/** float32 sums against float64: 2e-5 of the largest value of each array. */
function expectClose(found: Iterable<number>, expected: readonly number[], what: string): void {
  const largest = Math.max(1e-3, ...expected.map(Math.abs))
  const values = [...found]
  expect(values, what).toHaveLength(expected.length)
  const worst = Math.max(...values.map((value, i) => Math.abs(value - expected[i]!) / largest))
  expect(worst, what).toBeLessThan(2e-5)
}

function free({ losses, deepest }: Learned, head: SfcHead): void {
  for (const tensor of [losses, ...deepest]) tensor.dispose()
  for (const parameter of head.parameters) parameter.clearGradient()
}

test.each(steps)('$hops hops, detached $detach: losses and gradients are those of PyTorch', step => {
  const head = goldenHead()
  const scales = goldenScales()
  const targets = tf.tensor2d(labels)
  const learn = () => learnSfc(head, scales, targets, options(step), [0.5, 0.5])
  free(learn(), head) // what the test made is uploaded when it is first used
  const before = binding.getNumOfTensors()
  const learned = learn()
  const { losses, deepest } = learned
  expectClose(losses.dataSync(), step.losses, 'losses')
  for (const parameter of head.parameters) {
    const name = parameter.name.replace('.weight', '')
    const torch = fromTorch(Float32Array.from(step.gradients[name]!), parameter.shape, 'conv')
    const found = parameter.gradient?.dataSync() ?? new Float32Array(torch.length)
    expectClose(found, [...torch], name)
  }
  deepest.forEach((gradient, i) => expectClose(gradient.dataSync(), step.deepest[i]!, `features at scale ${i}`))
  free(learned, head)
  expect(binding.getNumOfTensors()).toBe(before)
  head.dispose()
})

test('the gradient of the affinity’s f9 equals central differences of the whole loss', () => {
  const head = goldenHead()
  const scales = goldenScales()
  const targets = tf.tensor2d(labels)
  const total = () => {
    const { losses, deepest } = learnSfc(head, scales, targets, options({ hops: 2, detach: false }), [0.5, 0.5])
    const value = [...losses.dataSync()].reduce((sum, loss) => sum + loss, 0)
    for (const tensor of [losses, ...deepest]) tensor.dispose()
    return value
  }
  total()
  const affinity = head.affinity!
  const gradient = Float32Array.from(affinity.gradient!.dataSync())
  const start = Float32Array.from(affinity.value.dataSync())
  const largest = Math.max(...gradient.map(Math.abs))
  const at = (place: number, offset: number) => {
    affinity.load(start.map((value, i) => (i === place ? value + offset : value)))
    return total()
  }
  // float32 losses of about 1 and a step of 1/32: rounding leaves 4e-6 of a slope, the curve of the loss a little more
  for (let place = 0; place < start.length; place += 7)
    expect(((at(place, 1 / 32) - at(place, -1 / 32)) * 16) / largest).toBeCloseTo(gradient[place]! / largest, 1)
  head.dispose()
})

test('two photos at once have the maps that they have one by one', () => {
  const head = goldenHead()
  const [both] = goldenScales()
  const part = (rows: Tensor, photo: number) => tf.split(rows, 2, 0)[photo]!
  const one = (photo: number): ScaleInput => ({
    layout: new PlaceLayout(both!.layout.grids.slice(photo, photo + 1)),
    colours: part(both!.colours, photo),
    depths: both!.depths.map(({ rows, planes }) => ({ rows: part(rows, photo), planes: planes.slice(0, 1) })),
    mask: part(both!.mask, photo),
  })
  tf.tidy(() => {
    const together = sfcMaps(head, both!, { affinityHops: 2, backgroundFactor: 0.3 })
    const all = [together.refined, together.prototypes()]
    for (const photo of [0, 1]) {
      const alone = sfcMaps(head, one(photo), { affinityHops: 2, backgroundFactor: 0.3 })
      for (const [i, map] of [alone.refined, alone.prototypes()].entries())
        expectClose(map.dataSync(), [...all[i]!.slice([photo], [1]).dataSync()], i === 0 ? 'refined' : 'prototypes')
    }
  })
  head.dispose()
})

test('a photo without a label has finite losses: no scale loss, and of the prototypes the background’s alone', () => {
  const head = goldenHead()
  tf.tidy(() => {
    const scales = goldenScales().map(scale => ({ ...scale, mask: scale.mask.mul(tf.tensor1d([1, 0, 0, 0])) }))
    const learn = (coefficients: readonly number[]) =>
      learnSfc(
        head,
        scales,
        tf.zeros([2, 3]),
        { ...options({ hops: 2, detach: false }), coefficients },
        [0.5, 0.5],
      ).losses.dataSync()
    const [classification, prototype, scale] = learn([0.6, 0.9, 1.5])
    expect([classification, prototype].every(loss => Number.isFinite(loss) && loss! > 0)).toBe(true)
    expect(scale).toBe(0)
    expect(learn([7, 8, 9])[1]).toBe(prototype)
  })
  head.dispose()
})
