import { expect, test } from 'vitest'
import type { Tensor } from '@tensorflow/tfjs'
import { testEngine } from '../../../../../tests/helpers/engine'
import {
  longTailToy,
  sharedAxis,
  toyChannels,
  type ToyImage,
  toyShares,
  toySide,
} from '../../../../../tests/helpers/longTailToy'
import { confusion } from '../../../../shared/metrics/confusion'
import { distributionCoefficients } from '../../../../shared/metrics/distributionCoefficient'
import { scoresFromConfusion } from '../../../../shared/metrics/scores'
import { ImageBank } from '../../../nn/imageBank'
import { Clipped } from '../../../nn/optimizers/clipped'
import { Sgd } from '../../../nn/optimizers/sgd'
import { poly } from '../../../nn/schedules/poly'
import { learnSfc } from './learnSfc'
import { PlaceLayout, rowsOf } from './placeLayout'
import { HEAD_GROUP, SfcHead } from './sfcHead'
import { type ScaleInput, sfcMaps } from './sfcMaps'

/**
 * What SFC is made for, where it can be seen: ideal frozen features with a direction that all classes share. On photos
 * most of it does not carry over; docs/measurements/sfc.md has those.
 *
 * An independent study of 1,264 such images (400 tests, 12 epochs, five seeds) found 56.9 mIoU plain, 57.7 with the
 * bank, 82.5 with both losses as well. To end in seconds there are 480 here, 150 tests, 6 epochs and one seed: trained
 * a fifth as long, the losses lift mIoU by 10 and more. What the bank adds to the losses and DC to even weights, 6
 * points and 2 on the two rarest classes there, is within what one seed moves here, and not asserted.
 */
const { tf } = testEngine()
const classes = toyShares.length
const places = toySide * toySide
const training = longTailToy(480, 1)
const tests = longTailToy(150, 2, true)
const counts = toyShares.map((_, c) => training.filter(({ labels }) => labels.includes(c)).length)

interface Configuration {
  readonly draws: number
  /** λ of L_P and L_W. */
  readonly losses: { readonly prototypeLoss: number; readonly scaleLoss: number }
}

interface Outcome {
  readonly miou: number
  /** Of the prototypes' map. */
  readonly prototypeMiou: number
  /** Mean IoU of the two rarest classes. */
  readonly tail: number
  /** ⟨w, s⟩ / ‖w‖ of the rarest class: how far its weight counts on what all classes share. */
  readonly shared: number
}

/** Images as a batch at both sizes, the small one by means of 2 × 2. */
function inputs(images: readonly ToyImage[]): { scales: ScaleInput[]; targets: Tensor } {
  const rows = new Float32Array(images.length * places * toyChannels)
  images.forEach(({ features }, i) => rows.set(features, i * features.length))
  const large = tf.tensor4d(rows, [images.length, toySide, toySide, toyChannels])
  const small = tf.avgPool(large, 2, 2, 'valid')
  const present = images.map(({ labels }) => toyShares.map((_, c) => (labels.includes(c) ? 1 : 0)))
  const mask = tf.tensor2d(present.map(row => [1, ...row])).expandDims(1)
  const scale = (tap: Tensor): ScaleInput => {
    const [, height, width] = tap.shape as [number, number, number, number]
    const depth = rowsOf(tap)
    const layout = new PlaceLayout(depth.planes)
    return { layout, colours: depth.rows, depths: [depth], mask: mask.tile([1, height * width, 1]) }
  }
  return { scales: [scale(large), scale(small)], targets: tf.tensor2d(present) }
}

const maps = { affinityHops: 0, backgroundFactor: 0.3 }

function train({ draws, losses }: Configuration, seed: number): Outcome {
  const head = new SfcHead({ classes, tapChannels: [toyChannels], sideWidths: [toyChannels], affinityWidth: 0 }, seed)
  head.sides[0]!.load(Float32Array.from({ length: toyChannels ** 2 }, (_, i) => (i % (toyChannels + 1) === 0 ? 1 : 0)))
  head.sides[0]!.trainable = false
  const batch = 16
  const bank = new ImageBank(
    training.map(({ labels }) => labels),
    classes,
    { seed, batch, draws },
  )
  const steps = 6 * Math.floor(training.length / batch)
  const optimizer = new Clipped(
    new Sgd({ momentum: 0, groups: { [HEAD_GROUP]: { learningRate: 1, weightDecay: 1e-4 } } }),
    1,
  )
  const schedule = poly({ totalSteps: steps, power: 0.9 })
  const coefficients = distributionCoefficients(counts, (3 * draws * Math.floor(training.length / batch)) / classes)
  const options = {
    ...maps,
    ...losses,
    consistencyNorm: 'all',
    detachMaps: false,
    coefficients,
    trainsBackbone: false,
  } as const
  for (let step = 0; step < steps; step++) {
    tf.tidy(() => {
      const samples = bank.samplesAt(step)
      const { scales, targets } = inputs(samples.map(({ photo }) => training[photo]!))
      const shares = samples.map(() => 1 / samples.length)
      learnSfc(head, scales, targets, options, shares).losses.dispose()
    })
    optimizer.step(head.parameters, schedule(step))
    for (const parameter of head.parameters) parameter.clearGradient()
  }
  const outcome = { ...measure(head), shared: sharedPart(head) }
  optimizer.dispose()
  head.dispose()
  return outcome
}

/** Of either map with image labels, the largest of background and classes at every place. */
function measure(head: SfcHead): Omit<Outcome, 'shared'> {
  const found = tf.tidy(() => {
    const { refined, prototypes } = sfcMaps(head, inputs(tests).scales[0]!, maps)
    return [refined, prototypes()].map(map => map.argMax(2).flatten())
  })
  const [own, ofPrototypes] = found.map(labels => scoresOf(Uint8Array.from(labels.dataSync()))) as [Measured, Measured]
  tf.dispose(found)
  const tail = own.perClass.slice(-2).map(({ iou }) => iou ?? 0)
  return {
    miou: 100 * (own.meanIou.value ?? 0),
    prototypeMiou: 100 * (ofPrototypes.meanIou.value ?? 0),
    tail: (100 * (tail[0]! + tail[1]!)) / 2,
  }
}

type Measured = ReturnType<typeof scoresOf>

function scoresOf(labels: Uint8Array) {
  const truth = Uint8Array.from(tests.flatMap(image => [...image.truth]))
  return scoresFromConfusion(confusion(truth, labels, classes))
}

function sharedPart(head: SfcHead): number {
  const weight = head.classifier.value.dataSync()
  const rarest = Array.from({ length: toyChannels }, (_, d) => weight[d * classes + classes - 1]!)
  return rarest[sharedAxis]! / Math.sqrt(rarest.reduce((sum, value) => sum + value * value, 0))
}

const none = { prototypeLoss: 0, scaleLoss: 0 }

test('with a shared feature the bank helps the tail, the losses by far more, and the scale loss alone not', () => {
  const plain = train({ draws: 0, losses: none }, 1)
  const bank = train({ draws: 4, losses: none }, 1)
  const both = train({ draws: 4, losses: { prototypeLoss: 1.6, scaleLoss: 0.8 } }, 1)
  const scale = train({ draws: 0, losses: { prototypeLoss: 0, scaleLoss: 0.8 } }, 1)
  expect(bank.tail).toBeGreaterThan(plain.tail + 1)
  expect(bank.miou).toBeGreaterThan(plain.miou - 0.5)
  expect(both.miou).toBeGreaterThan(plain.miou + 10)
  expect(both.tail).toBeGreaterThan(plain.tail + 10)
  expect(bank.shared).toBeGreaterThan(plain.shared)
  expect(both.shared).toBeGreaterThan(bank.shared)
  expect(scale.miou).toBeLessThan(plain.miou + 1)
  for (const { miou, prototypeMiou } of [plain, bank, both, scale]) expect(prototypeMiou).toBeGreaterThanOrEqual(miou)
})
