import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { WorkbenchError } from '../../../shared/errors'
import { architectureOf } from '../../backbones/catalogue'
import { hashWeights, writeClassifier } from '../../backbones/classifierCheckpoint'
import { readBackboneWeights } from '../../backbones/readBackboneWeights'
import { Sgd } from '../../nn/optimizers/sgd'
import { poly } from '../../nn/schedules/poly'
import { trainLoop } from '../../nn/trainLoop'
import { TRUNK_GROUP } from '../../backbones/network'
import type { MethodContext, StepResult } from '../context'
import { type BatchSource, makeBatch, microBatchSize } from './batches'
import { ClassifierNetwork, HEAD_GROUP } from './classifierNetwork'
import { EpochScores, scoreHeldOut, splitPhotos } from './epochScores'
import type { ClassifierOptions } from './options'

/** Fine-tunes the trunk with its head (specification section 1). Stopped anywhere, it goes on from its checkpoint. */
export async function trainAll(options: ClassifierOptions, context: MethodContext): Promise<StepResult> {
  const started = performance.now()
  const architecture = architectureOf(options.backbone)
  const weights = await readBackboneWeights(options.backbone, options.weights)
  const classes = context.dataset.classes.length
  const { training, heldOut } = splitPhotos(context.dataset.images, options.heldOut, context.seed)
  const source = batchSource(training, options, context)
  const network = new ClassifierNetwork(architecture, weights, classes, options.frozenBlocks, context.seed)
  const optimizer = new Sgd({
    momentum: options.momentum,
    groups: {
      [TRUNK_GROUP]: { learningRate: options.learningRate, weightDecay: options.decay },
      [HEAD_GROUP]: {
        learningRate: options.learningRate * options.headLearningRateFactor,
        weightDecay: options.decay,
      },
    },
  })
  const totalSteps = source.stepsPerEpoch * options.epochs
  const path = join(context.folder, 'training.safetensors')
  const scores = new EpochScores(classes)
  try {
    await trainLoop(
      {
        parameters: network.parameters,
        optimizer,
        identity: identityOf(options, context, training.length),
        seed: context.seed,
        schedule: poly({ totalSteps, power: options.polyPower }),
        totalSteps,
        stepsPerEpoch: source.stepsPerEpoch,
        parts: options.batch / source.microBatch,
        ahead: 2,
        makeBatch: position => makeBatch(source, position),
        learn: (batch, pass, share) => network.learn(batch, pass, share, logits => scores.add(logits, batch.targets)),
        checkpoint: { path, everySeconds: options.checkpointSeconds },
      },
      {
        checkpoint: context.checkpoint,
        onStep: ({ step, loss, factor }) => {
          context.metric('loss', loss, step)
          context.metric('learning rate', options.learningRate * factor, step)
          context.progress({ done: step, total: totalSteps, unit: 'steps', stage: 'training' })
        },
        onEpoch: async epoch => {
          scores.report('mAP on training crops', context, epoch)
          if (heldOut.length > 0) await scoreHeldOut(network, heldOut, options, context, epoch)
        },
      },
    )
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
    await rm(path, { force: true })
  } finally {
    optimizer.dispose()
    network.dispose()
  }
  const seconds = Math.round((performance.now() - started) / 10) / 100
  return { summary: { train: 'all', photos: training.length, heldOut: heldOut.length, steps: totalSteps, seconds } }
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
  const microBatch = microBatchSize(options.batch, options.microBatch / 2 ** (context.attempt - 1))
  if (context.attempt > 1)
    context.log(`the device ran out of memory: ${microBatch} photos at once now, gradients add up to ${options.batch}`)
  const { pool, signal, seed } = context
  return { images, classes: context.dataset.classes.length, seed, microBatch, stepsPerEpoch, options, pool, signal }
}

/** What a checkpoint must share with the run that goes on from it; the micro-batch may differ. */
function identityOf(
  options: ClassifierOptions,
  { dataset, seed }: MethodContext,
  photos: number,
): Record<string, string | number> {
  const { microBatch, checkpointSeconds, ...settings } = options
  void microBatch
  void checkpointSeconds
  return { seed, photos, dataset: dataset.hash, options: JSON.stringify(settings) }
}
