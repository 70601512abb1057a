import { WorkbenchError } from '../../../shared/errors'
import { roundSeconds } from '../../../shared/roundSeconds'
import { hashWeights, writeClassifier } from '../../backbones/classifierCheckpoint'
import { architectureOf } from '../../backbones/catalogue'
import type { FeatureSource } from '../../backbones/featureSource'
import { openFeatures } from '../../backbones/openFeatures'
import { readBackboneWeights } from '../../backbones/readBackboneWeights'
import { currentEngine } from '../../engine/current'
import { bankWeights } from '../../nn/imageBank'
import { fitLinearHead } from '../../nn/linearHead'
import type { MethodContext, StepResult } from '../context'
import { foldPrecision } from './foldPrecision'
import type { ClassifierOptions } from './options'

/**
 * The trunk stays as published: its features are computed once (and cached for every later step), averaged over each
 * photo, and a linear head without bias is fitted to them to convergence.
 */
export async function trainHead(options: ClassifierOptions, context: MethodContext): Promise<StepResult> {
  const weights = await readBackboneWeights(options.backbone, options.weights)
  const architecture = architectureOf(options.backbone)
  const trunkHash = hashWeights(options.backbone, weights)
  const { longestSide } = options
  const { source, close } = await openFeatures({ architecture, trunkWeights: weights, trunkHash, longestSide }, context)
  const started = performance.now()
  try {
    const { features, targets, count } = await pooledFeatures(source, context)
    if (count === 0) throw noneReadable(source)
    const classes = context.dataset.classes.length
    const { channels } = architecture
    const photoWeights = bankWeights(labelsOf(targets, classes), classes, {
      batch: options.batch,
      draws: options.bankDraws,
    })
    const onIteration = async (loss: number, iteration: number) => {
      context.metric('loss', loss, iteration)
      await context.checkpoint()
    }
    const settings = { weightDecay: options.headDecay, photoWeights, onIteration }
    const fitted = await fitLinearHead(features, targets, { photos: count, channels, classes }, settings)
    context.log(`head fitted in ${fitted.losses.length} iterations, loss ${fitted.losses.at(-1)?.toFixed(5)}`)
    await writeClassifier(context.folder, {
      backbone: options.backbone,
      weightsFile: options.weights,
      trunkHash,
      weight: fitted.weight,
      classes: context.dataset.classes,
      longestSide,
    })
    const unseen = await foldPrecision({ features, targets, photoWeights, count, channels }, options, context)
    return {
      summary: {
        train: 'head',
        photos: count,
        unreadable: source.statistics.unreadable.map(({ image, reason }) => ({ photo: image.stem, reason })),
        loss: fitted.losses.at(-1) ?? null,
        iterations: fitted.losses.length,
        ...unseen,
        seconds: roundSeconds((performance.now() - started) / 1000),
        trunkSeconds: roundSeconds(source.statistics.trunkSeconds),
      },
    }
  } finally {
    close()
  }
}

function noneReadable({ statistics: { unreadable } }: Pick<FeatureSource, 'statistics'>): WorkbenchError {
  const [first] = unreadable
  return new WorkbenchError(
    'BAD_INPUT',
    `None of the ${unreadable.length} photos to train on can be read. ${first?.image.stem}: ${first?.reason}`,
  )
}

/** The classes of each photo, from its row of targets. */
function labelsOf(targets: Uint8Array, classes: number): number[][] {
  return Array.from({ length: targets.length / classes }, (_, photo) =>
    Array.from({ length: classes }, (_, c) => c).filter(c => targets[photo * classes + c] === 1),
  )
}

interface Pooled {
  /** `[count, channels]` */
  readonly features: Float32Array
  /** `[count, classes]`, 0 or 1 */
  readonly targets: Uint8Array
  readonly count: number
}

/** The mean over each photo of its features at scale 1, and its labels. */
async function pooledFeatures(source: FeatureSource, context: MethodContext): Promise<Pooled> {
  const { tf } = currentEngine()
  const { images, classes } = context.dataset
  const { channels } = source.trunk.architecture
  const features = new Float32Array(images.length * channels)
  const targets = new Uint8Array(images.length * classes.length)
  let count = 0
  for await (const photo of source.stream(images, { scales: [1], mirrored: false })) {
    await context.checkpoint()
    const mean = tf.tidy(() => source.trunk.top(photo.scales[0]!.features).mean([0, 1, 2]))
    features.set(mean.dataSync(), count * channels)
    mean.dispose()
    for (const label of photo.image.labels) targets[count * classes.length + label] = 1
    context.progress({ done: ++count, total: images.length, unit: 'photos', stage: 'features' })
  }
  return {
    features: features.subarray(0, count * channels),
    targets: targets.subarray(0, count * classes.length),
    count,
  }
}
