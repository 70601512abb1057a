import { join } from 'node:path'
import type { Tensor } from '@tensorflow/tfjs'
import { roundSeconds } from '../../../../shared/roundSeconds'
import { bankBatch, type PhotoBatch } from '../../../backbones/bankBatch'
import { architectureOf } from '../../../backbones/catalogue'
import { hashWeights } from '../../../backbones/classifierCheckpoint'
import { readBackboneWeights } from '../../../backbones/readBackboneWeights'
import { currentEngine } from '../../../engine/current'
import { EpochScores } from '../../../nn/epochScores'
import { ImageBank } from '../../../nn/imageBank'
import type { Pass } from '../../../nn/layer'
import { microBatchSize } from '../../../nn/microBatch'
import { type BatchPosition, trainLoop } from '../../../nn/trainLoop'
import type { MethodContext, StepResult } from '../../context'
import { lossNames } from '../network/learnSfc'
import { headFor } from '../sfcCheckpoint'
import { sfcClassTable } from './classTable'
import type { SfcOptions } from './options'
import { SfcNetwork } from './sfcNetwork'
import { learningOptions, saveSfc, sfcIdentity, sfcOptimizer, sfcSchedule, trainingFile } from './training'

/** Fine-tunes the two deepest stages with SFC's layers, as its code does. Stopped anywhere, it goes on from there. */
export async function trainWhole(options: SfcOptions, context: MethodContext): Promise<StepResult> {
  const started = performance.now()
  const { classes, images } = context.dataset
  const weights = await readBackboneWeights(options.backbone, options.weights)
  const architecture = architectureOf(options.backbone)
  const head = headFor({ architecture, classes }, options.affinityHops > 0 ? options.affinityWidth : 0, context.seed)
  const network = new SfcNetwork(architecture, weights, head)
  try {
    const steps = await train(network, options, context)
    const trunkWeights = network.trunkWeights()
    await saveSfc(head, { trunkHash: hashWeights(options.backbone, trunkWeights), trunkWeights }, options, context)
    return {
      summary: {
        train: 'all',
        photos: images.length,
        steps,
        classes: sfcClassTable(
          classes,
          images.map(({ labels }) => labels),
          options,
        ),
        seconds: roundSeconds((performance.now() - started) / 1000),
      },
    }
  } finally {
    network.dispose()
    head.dispose()
  }
}

async function train(network: SfcNetwork, options: SfcOptions, context: MethodContext): Promise<number> {
  const { batch, bankDraws, epochs } = options
  const { images, classes } = context.dataset
  const { seed, pool, signal } = context
  const labels = images.map(image => image.labels)
  const bank = new ImageBank(labels, classes.length, { seed, batch, draws: bankDraws })
  const learning = learningOptions(options, sfcClassTable(classes, labels, options))
  const microBatch = microBatchSize(batch + bankDraws, options.microBatch / 2 ** (context.attempt - 1))
  const source = { images, classes: classes.length, seed, microBatch, bank, options, pool, signal }
  const stepsPerEpoch = Math.floor(images.length / batch)
  const totalSteps = epochs * stepsPerEpoch
  const optimizer = sfcOptimizer(options)
  const parts = (batch + bankDraws) / microBatch
  const sums = new Float64Array(lossNames.length)
  const scores = new EpochScores(classes.length)
  const training = {
    parameters: network.parameters,
    optimizer,
    identity: sfcIdentity(options, context, images.length),
    seed,
    schedule: sfcSchedule(options, totalSteps),
    totalSteps,
    stepsPerEpoch,
    parts,
    ahead: 2,
    makeBatch: (position: BatchPosition) => bankBatch(source, position),
    learn: (crops: PhotoBatch, pass: Pass, share: number): Tensor => {
      const losses = network.learn(crops, learning, pass, share, said => scores.add(said, crops.targets))
      losses.dataSync().forEach((value, i) => (sums[i]! += value))
      const total = currentEngine().tf.tidy(() => losses.sum().div(share)) // the loop takes the crops' own mean
      losses.dispose()
      return total
    },
    checkpoint: { path: join(context.folder, trainingFile), everySeconds: options.checkpointSeconds },
  }
  if (context.attempt > 1) context.log(`the device ran out of memory: ${microBatch} samples at once now`)
  try {
    await trainLoop(training, {
      checkpoint: context.checkpoint,
      onStep: ({ step, loss, factor }) => {
        context.metric('loss', loss, step)
        lossNames.forEach((name, i) => context.metric(name, sums[i]!, step))
        sums.fill(0)
        context.metric('learning rate', options.learningRate * factor, step)
        context.progress({ done: step, total: totalSteps, unit: 'steps', stage: 'training' })
      },
      onEpoch: (epoch, isWhole) => Promise.resolve(scores.report('mAP on training crops', context, epoch, isWhole)),
    })
  } finally {
    optimizer.dispose()
  }
  return totalSteps
}
