import { join } from 'node:path'
import type { Tensor } from '@tensorflow/tfjs'
import type { DatasetImage } from '../../../../shared/contract/dataset'
import { roundSeconds } from '../../../../shared/roundSeconds'
import { architectureOf } from '../../../backbones/catalogue'
import { hashWeights } from '../../../backbones/classifierCheckpoint'
import { openTapFeatures } from '../../../backbones/openFeatures'
import { readBackboneWeights } from '../../../backbones/readBackboneWeights'
import type { StoredTaps, TapFeatures } from '../../../backbones/tapFeatures'
import { currentEngine } from '../../../engine/current'
import { bankWeights, ImageBank } from '../../../nn/imageBank'
import { EpochScores } from '../../../nn/epochScores'
import { fitLinearHead } from '../../../nn/linearHead'
import { fromTorch } from '../../../nn/torchLayout'
import { type BatchPosition, trainLoop } from '../../../nn/trainLoop'
import type { ClassBalance } from '../../../../shared/contract/classBalance'
import type { MethodContext, StepResult } from '../../context'
import { lossNames } from '../network/learnSfc'
import type { SfcHead } from '../network/sfcHead'
import { headFor } from '../sfcCheckpoint'
import { sfcDepths } from '../sfcDepths'
import { assertBatch } from './assertBatch'
import { sfcClassTable } from './classTable'
import { frozenStep, prepareFeatures, type FrozenSample } from './frozenSamples'
import { learnFrozen, presentClasses } from './learnFrozen'
import type { SfcOptions } from './options'
import { learningOptions, saveSfc, sfcIdentity, sfcOptimizer, sfcSchedule, trainingFile } from './training'

/** Steps whose features are read while one is learnt: some 10 MB each. */
const stepsAhead = 2

/** Trains SFC's layers on a backbone that stays as published; its features are computed once and cached. */
export async function trainFrozen(options: SfcOptions, context: MethodContext): Promise<StepResult> {
  const started = performance.now()
  const trunkWeights = await readBackboneWeights(options.backbone, options.weights)
  const architecture = architectureOf(options.backbone)
  const { backbone, longestSide, affinityHops } = options
  const trunk = { architecture, trunkWeights, trunkHash: hashWeights(backbone, trunkWeights), longestSide }
  const { taps } = sfcDepths(architecture)
  const { source, close } = await openTapFeatures(trunk, { taps, colours: affinityHops > 0 }, context)
  const { classes } = context.dataset
  const head = headFor({ architecture, classes }, affinityHops > 0 ? options.affinityWidth : 0, context.seed)
  try {
    const pooled = new PooledFeatures(source)
    const images = await prepareFeatures(source, options, context, (_, straight) => pooled.add(straight))
    assertBatch(images.length, options, context.dataset.images.length - images.length)
    const table = sfcClassTable(
      classes,
      images.map(({ labels }) => labels),
      options,
    )
    if (options.classifier === 'converged') await fitClassifier(head, pooled, images, options, context)
    const trainingStarted = performance.now()
    const losses = await train(head, source, images, table, options, context)
    const trainingSeconds = (performance.now() - trainingStarted) / 1000
    await saveSfc(head, { trunkHash: trunk.trunkHash }, options, context)
    return {
      summary: {
        train: 'head',
        photos: images.length,
        unreadable: source.statistics.unreadable.map(({ image, reason }) => ({ photo: image.stem, reason })),
        steps: options.steps,
        losses,
        classes: table,
        trainingSeconds: roundSeconds(trainingSeconds),
        seconds: roundSeconds((performance.now() - started) / 1000),
        trunkSeconds: roundSeconds(source.statistics.trunkSeconds),
        computed: source.statistics.computed,
        fromCache: source.statistics.fromCache,
      },
    }
  } finally {
    head.dispose()
    close()
  }
}

/** The mean of each photo's features, gathered while they are read. */
class PooledFeatures {
  readonly #means: Float32Array[] = []

  constructor(readonly source: TapFeatures) {}

  add({ taps }: StoredTaps): void {
    const { tf } = currentEngine()
    const uploaded = this.source.upload({ colours: undefined, taps: taps.slice(-1) })
    const mean = tf.tidy(() => uploaded.taps[0]!.mean([0, 1, 2]))
    this.#means.push(mean.dataSync() as Float32Array)
    for (const tensor of [mean, ...uploaded.taps]) tensor.dispose()
  }

  /** `[photos, channels]` */
  get all(): Float32Array {
    const channels = this.#means[0]?.length ?? 0
    const rows = new Float32Array(this.#means.length * channels)
    this.#means.forEach((mean, i) => rows.set(mean, i * channels))
    return rows
  }
}

/** Fits the classifier to convergence, photos weighted by how often the bank shows them, and takes it out of training. */
async function fitClassifier(
  head: SfcHead,
  pooled: PooledFeatures,
  images: readonly DatasetImage[],
  { headDecay, batch, bankDraws }: SfcOptions,
  { dataset, log, metric, checkpoint }: MethodContext,
): Promise<void> {
  const labels = images.map(image => image.labels)
  const classes = dataset.classes.length
  const targets = new Uint8Array(images.length * classes)
  labels.forEach((photo, i) => photo.forEach(label => (targets[i * classes + label] = 1)))
  const sizes = { photos: images.length, channels: head.shape.tapChannels.at(-1)!, classes }
  const photoWeights = bankWeights(labels, classes, { batch, draws: bankDraws })
  const onIteration = async (loss: number, iteration: number) => {
    metric('loss of the classifier', loss, iteration)
    await checkpoint()
  }
  const settings = { weightDecay: headDecay, photoWeights, onIteration }
  const { weight, losses } = await fitLinearHead(pooled.all, targets, sizes, settings)
  log(`classifier fitted in ${losses.length} iterations, loss ${losses.at(-1)?.toFixed(5)}`)
  head.classifier.load(fromTorch(weight, head.classifier.shape, 'conv'))
  head.classifier.trainable = false
}

async function train(
  head: SfcHead,
  source: TapFeatures,
  images: readonly DatasetImage[],
  table: readonly ClassBalance[],
  options: SfcOptions,
  context: MethodContext,
): Promise<Record<string, number>> {
  const { batch, bankDraws: draws, steps: totalSteps } = options
  const { seed } = context
  const classes = context.dataset.classes.length
  const labels = images.map(image => image.labels)
  const bank = new ImageBank(labels, classes, { seed, batch, draws })
  const learning = learningOptions(options, table)
  const optimizer = sfcOptimizer(options)
  // A classifier that was fitted before says the same of a photo in every epoch.
  const epochScores = head.classifier.trainable ? new EpochScores(classes) : undefined
  let last: Record<string, number> = {}
  const training = {
    parameters: head.parameters,
    optimizer,
    identity: sfcIdentity(options, context, images.length),
    seed,
    schedule: sfcSchedule(options, totalSteps),
    totalSteps,
    stepsPerEpoch: Math.floor(images.length / batch),
    parts: 1,
    ahead: stepsAhead,
    makeBatch: ({ step }: BatchPosition) => frozenStep(source, images, bank, { options, seed }, step),
    learn: (samples: readonly FrozenSample[]): Tensor => {
      const { losses, scores } = learnFrozen(head, source, samples, learning)
      samples.forEach(({ labels }, i) => epochScores?.add(scores[i]!, Uint8Array.from(presentClasses(labels, classes))))
      last = Object.fromEntries(lossNames.map((name, i) => [name, losses[i]!]))
      return currentEngine().tf.scalar(trainedLoss(losses, head))
    },
    checkpoint: { path: join(context.folder, trainingFile), everySeconds: options.checkpointSeconds },
  }
  try {
    await trainLoop(training, {
      checkpoint: context.checkpoint,
      onStep: ({ step, loss }) => {
        context.metric('loss', loss, step)
        for (const [name, value] of Object.entries(last)) context.metric(name, value, step)
        context.progress({ done: step, total: totalSteps, unit: 'steps', stage: 'training' })
      },
      onEpoch: (epoch, isWhole) =>
        Promise.resolve(epochScores?.report('mAP on training photos', context, epoch, isWhole)),
    })
  } finally {
    optimizer.dispose()
  }
  return last
}

/** What is trained for: a classifier that was fitted before has no part in it. */
function trainedLoss(losses: Float64Array, { classifier }: SfcHead): number {
  return (classifier.trainable ? losses : losses.subarray(1)).reduce((sum, value) => sum + value, 0)
}
