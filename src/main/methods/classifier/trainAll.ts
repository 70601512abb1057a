import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { DatasetImage } from '../../../shared/contract/dataset'
import { WorkbenchError } from '../../../shared/errors'
import { roundSeconds } from '../../../shared/roundSeconds'
import { bankBatch, type BankBatchSource, type PhotoBatch } from '../../backbones/bankBatch'
import { architectureOf } from '../../backbones/catalogue'
import { hashWeights, writeClassifier } from '../../backbones/classifierCheckpoint'
import { readBackboneWeights } from '../../backbones/readBackboneWeights'
import { microBatchSize } from '../../nn/microBatch'
import { EpochScores } from '../../nn/epochScores'
import { ImageBank } from '../../nn/imageBank'
import { Sgd } from '../../nn/optimizers/sgd'
import { poly } from '../../nn/schedules/poly'
import type { Pass } from '../../nn/layer'
import { type BatchPosition, trainLoop } from '../../nn/trainLoop'
import { trainingIdentity } from '../../nn/trainingIdentity'
import { TRUNK_GROUP } from '../../backbones/network'
import type { MethodContext, StepResult } from '../context'
import { ClassifierNetwork, HEAD_GROUP } from './classifierNetwork'
import { scoreHeldOut, splitPhotos } from './heldOut'
import type { ClassifierOptions } from './options'

/** The checkpoint of a training under way, in the step's folder; gone when it is finished. */
const trainingFile = 'training.safetensors'

interface BatchSource extends BankBatchSource {
  readonly stepsPerEpoch: number
}

/** Fine-tunes the trunk with its head (irn step/train_cam.py). Stopped anywhere, it goes on from its checkpoint. */
export async function trainAll(options: ClassifierOptions, context: MethodContext): Promise<StepResult> {
  const started = performance.now()
  const weights = await readBackboneWeights(options.backbone, options.weights)
  const classes = context.dataset.classes.length
  const { training, heldOut } = splitPhotos(context.dataset.images, options.heldOut, context.seed)
  const source = batchSource(training, options, context)
  const architecture = architectureOf(options.backbone)
  const network = new ClassifierNetwork(architecture, weights, classes, options.frozenBlocks, context.seed)
  const optimizer = optimizerOf(options)
  try {
    await train(network, optimizer, source, heldOut, options, context)
    await save(network, options, context)
  } finally {
    optimizer.dispose()
    network.dispose()
  }
  const seconds = roundSeconds((performance.now() - started) / 1000)
  const steps = source.stepsPerEpoch * options.epochs
  return { summary: { train: 'all', photos: training.length, heldOut: heldOut.length, steps, seconds } }
}

function optimizerOf({ momentum, learningRate, headLearningRateFactor, decay }: ClassifierOptions): Sgd {
  const group = (rate: number) => ({ learningRate: rate, weightDecay: decay })
  return new Sgd({
    momentum,
    groups: { [TRUNK_GROUP]: group(learningRate), [HEAD_GROUP]: group(learningRate * headLearningRateFactor) },
  })
}

async function train(
  network: ClassifierNetwork,
  optimizer: Sgd,
  source: BatchSource,
  heldOut: readonly DatasetImage[],
  options: ClassifierOptions,
  context: MethodContext,
): Promise<void> {
  const totalSteps = source.stepsPerEpoch * options.epochs
  const scores = new EpochScores(source.classes)
  const training = {
    parameters: network.parameters,
    optimizer,
    identity: trainingIdentity(options, ['microBatch', 'checkpointSeconds'], context, source.images.length),
    seed: context.seed,
    schedule: poly({ totalSteps, power: options.polyPower }),
    totalSteps,
    stepsPerEpoch: source.stepsPerEpoch,
    parts: (options.batch + options.bankDraws) / source.microBatch,
    ahead: 2,
    makeBatch: (position: BatchPosition) => bankBatch(source, position),
    learn: (batch: PhotoBatch, pass: Pass, share: number) =>
      network.learn(batch, pass, share, logits => scores.add(logits, batch.targets)),
    checkpoint: { path: join(context.folder, trainingFile), everySeconds: options.checkpointSeconds },
  }
  await trainLoop(training, {
    checkpoint: context.checkpoint,
    onStep: ({ step, loss, factor }) => {
      context.metric('loss', loss, step)
      context.metric('learning rate', options.learningRate * factor, step)
      context.progress({ done: step, total: totalSteps, unit: 'steps', stage: 'training' })
    },
    onEpoch: async (epoch, isWhole) => {
      scores.report('mAP on training crops', context, epoch, isWhole)
      if (heldOut.length > 0) await scoreHeldOut(network, heldOut, options, context, epoch)
    },
  })
}

/** Writes the classifier, then removes the training's checkpoint: killed between the two, the step starts at its end. */
async function save(network: ClassifierNetwork, options: ClassifierOptions, context: MethodContext): Promise<void> {
  const { trunk, head } = network.weights()
  await writeClassifier(context.folder, {
    backbone: options.backbone,
    weightsFile: options.weights,
    trunkHash: hashWeights(options.backbone, trunk),
    trunkWeights: trunk,
    weight: head,
    classes: context.dataset.classes,
    longestSide: options.longestSide,
  })
  await rm(join(context.folder, trainingFile), { force: true })
}

/** Checks that the photos make a batch, and how large a part of one the device takes at once. */
function batchSource(images: BatchSource['images'], options: ClassifierOptions, context: MethodContext): BatchSource {
  const stepsPerEpoch = Math.floor(images.length / options.batch)
  if (stepsPerEpoch === 0)
    throw new WorkbenchError(
      'BAD_INPUT',
      `${images.length} photos are fewer than a batch of ${options.batch}: set classifier.batch to ${images.length} ` +
        'or less, or train the head alone (classifier.train=head).',
    )
  const { batch, bankDraws } = options
  const microBatch = microBatchSize(batch + bankDraws, options.microBatch / 2 ** (context.attempt - 1))
  if (context.attempt > 1)
    context.log(
      `the device ran out of memory: ${microBatch} photos at once now, gradients add up to ${batch + bankDraws}`,
    )
  const { pool, signal, seed } = context
  const classes = context.dataset.classes.length
  const labels = images.map(image => image.labels)
  const bank = new ImageBank(labels, classes, { seed, batch, draws: bankDraws })
  return { images, classes, seed, microBatch, stepsPerEpoch, bank, options, pool, signal }
}
