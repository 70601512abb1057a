import type { Tensor } from '@tensorflow/tfjs'
import { currentEngine } from '../../src/main/engine/current'
import { learnSfc } from '../../src/main/methods/sfc/network/learnSfc'
import { PlaceLayout, rowsOf } from '../../src/main/methods/sfc/network/placeLayout'
import { HEAD_GROUP, SfcHead } from '../../src/main/methods/sfc/network/sfcHead'
import { type ScaleInput, sfcMaps } from '../../src/main/methods/sfc/network/sfcMaps'
import { ImageBank } from '../../src/main/nn/imageBank'
import { Clipped } from '../../src/main/nn/optimizers/clipped'
import { Sgd } from '../../src/main/nn/optimizers/sgd'
import { poly } from '../../src/main/nn/schedules/poly'
import { confusion } from '../../src/shared/metrics/confusion'
import { distributionCoefficients } from '../../src/shared/metrics/distributionCoefficient'
import { scoresFromConfusion } from '../../src/shared/metrics/scores'
import { sharedAxis, toyChannels, type ToyImage, toyShares, toySide } from './longTailToy'

export interface ToySettings {
  readonly epochs: number
  /** Samples from the image bank beside every batch of 16; 0: none. */
  readonly draws: number
  /** What the coefficients take for `draws`, where they are to differ. */
  readonly countedDraws?: number
  /** λ of L_P and L_W. */
  readonly prototypeLoss: number
  readonly scaleLoss: number
  /** Whether classes weigh in the losses by their distribution coefficients, or all 1. */
  readonly coefficients: 'demand' | 'even'
}

/** What a trained head finds in other images; IoU in percent. */
export interface ToyOutcome {
  readonly miou: number
  /** Of the prototypes' map. */
  readonly prototypeMiou: number
  /** Mean IoU of the two rarest classes, and of the two most frequent. */
  readonly tail: number
  readonly head: number
  /** ⟨w, s⟩ / ‖w‖ of the rarest class: how far its weight counts on what all classes share. */
  readonly shared: number
}

const classes = toyShares.length
const places = toySide * toySide
const batch = 16
const maps = { affinityHops: 0, backgroundFactor: 0.3 }

/** Trains SFC's classifier on the toy's features, whose one side "convolution" is the identity, and measures its maps. */
export function trainToy(
  training: readonly ToyImage[],
  tests: readonly ToyImage[],
  { epochs, draws, countedDraws = draws, ...losses }: ToySettings,
  seed: number,
): ToyOutcome {
  const { tf } = currentEngine()
  const head = new SfcHead({ classes, tapChannels: [toyChannels], sideWidths: [toyChannels], affinityWidth: 0 }, seed)
  head.sides[0]!.load(Float32Array.from({ length: toyChannels ** 2 }, (_, i) => (i % (toyChannels + 1) === 0 ? 1 : 0)))
  head.sides[0]!.trainable = false
  const labels = training.map(image => image.labels)
  const bank = new ImageBank(labels, classes, { seed, batch, draws })
  const stepsPerEpoch = Math.floor(training.length / batch)
  const groups = { [HEAD_GROUP]: { learningRate: 1, weightDecay: 1e-4 } }
  const optimizer = new Clipped(new Sgd({ momentum: 0, groups }), 1)
  const schedule = poly({ totalSteps: epochs * stepsPerEpoch, power: 0.9 })
  const options = {
    ...maps,
    ...losses,
    consistencyNorm: 'all',
    detachMaps: false,
    coefficients: coefficientsOf(labels, losses.coefficients, (3 * countedDraws * stepsPerEpoch) / classes),
    trainsBackbone: false,
  } as const
  for (let step = 0; step < epochs * stepsPerEpoch; step++) {
    tf.tidy(() => {
      const samples = bank.samplesAt(step)
      const { scales, targets } = inputs(samples.map(({ photo }) => training[photo]!))
      const shares = samples.map(() => 1 / samples.length)
      learnSfc(head, scales, targets, options, shares).losses.dispose()
    })
    optimizer.step(head.parameters, schedule(step))
    for (const parameter of head.parameters) parameter.clearGradient()
  }
  const outcome = { ...measure(head, tests), shared: sharedPart(head) }
  optimizer.dispose()
  head.dispose()
  return outcome
}

function coefficientsOf(
  labels: readonly (readonly number[])[],
  how: ToySettings['coefficients'],
  drawsAClass: number,
): readonly number[] {
  if (how === 'even') return toyShares.map(() => 1)
  const counts = toyShares.map((_, c) => labels.filter(photo => photo.includes(c)).length)
  return distributionCoefficients(counts, drawsAClass)
}

/** Images as a batch at both sizes, the small one by means of 2 × 2. */
function inputs(images: readonly ToyImage[]): { scales: ScaleInput[]; targets: Tensor } {
  const { tf } = currentEngine()
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

/** Of either map with image labels, the largest of background and classes at every place. */
function measure(head: SfcHead, tests: readonly ToyImage[]): Omit<ToyOutcome, 'shared'> {
  const { tf } = currentEngine()
  const found = tf.tidy(() => {
    const { refined, prototypes } = sfcMaps(head, inputs(tests).scales[0]!, maps)
    return [refined, prototypes()].map(map => map.argMax(2).flatten())
  })
  const truth = Uint8Array.from(tests.flatMap(image => [...image.truth]))
  const [own, ofPrototypes] = found.map(labels =>
    scoresFromConfusion(confusion(truth, Uint8Array.from(labels.dataSync()), classes)),
  )
  tf.dispose(found)
  const foreground = own!.perClass.slice(-classes).map(({ iou }) => 100 * (iou ?? 0))
  return {
    miou: 100 * (own!.meanIou.value ?? 0),
    prototypeMiou: 100 * (ofPrototypes!.meanIou.value ?? 0),
    head: (foreground[0]! + foreground[1]!) / 2,
    tail: (foreground.at(-1)! + foreground.at(-2)!) / 2,
  }
}

function sharedPart(head: SfcHead): number {
  const weight = head.classifier.value.dataSync()
  const rarest = Array.from({ length: toyChannels }, (_, d) => weight[d * classes + classes - 1]!)
  return rarest[sharedAxis]! / Math.sqrt(rarest.reduce((sum, value) => sum + value * value, 0))
}
