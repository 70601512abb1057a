import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { DatasetImage } from '../../../shared/contract/dataset'
import { scoresFromConfusion } from '../../../shared/metrics/scores'
import { normaliseCrops } from '../../backbones/cropBatch'
import { TRUNK_GROUP } from '../../backbones/network'
import { uploadUint8 } from '../../engine/transfer'
import { microBatchSize } from '../../nn/microBatch'
import { AdamW } from '../../nn/optimizers/adamW'
import type { Optimizer } from '../../nn/optimizers/optimizer'
import { Sgd } from '../../nn/optimizers/sgd'
import { poly } from '../../nn/schedules/poly'
import { PhotoOrder } from '../../nn/photoOrder'
import { repeatFactors } from '../../nn/repeatFactors'
import { type Training, trainLoop } from '../../nn/trainLoop'
import { trainingIdentity } from '../../nn/trainingIdentity'
import type { MethodContext } from '../context'
import type { LabelledPhoto } from './labelledPhotos'
import { learnAtFullSize } from './loss'
import { learnAtScales } from './multiScaleLoss'
import { HEAD_BIAS_GROUP, HEAD_GROUP } from './network/convolutionBlock'
import type { SegmentationNetwork } from './network/segmentationNetwork'
import { type DeeplabOptions, fewestAtOnce } from './options'
import { measure, type PredictOptions } from './predict'
import { type LabelledCrops, makeSamples } from './samples'

/** The checkpoint of a training under way, in the step's folder; gone when it is finished. */
const trainingFile = 'training.safetensors'

export interface TrainingSet {
  readonly photos: readonly LabelledPhoto[]
  /** Not trained on; measured while it trains, where they have ground truth. */
  readonly heldOut: readonly DatasetImage[]
}

/** Trains the network on label maps. Stopped anywhere, it goes on from its checkpoint. */
export async function train(
  network: SegmentationNetwork,
  set: TrainingSet,
  options: DeeplabOptions,
  context: MethodContext,
): Promise<void> {
  const optimizer = optimizerOf(options)
  const training = trainingOf(network, optimizer, set.photos, options, context)
  const { totalSteps, stepsPerEpoch: stepsPerRound } = training
  try {
    await trainLoop(training, {
      checkpoint: context.checkpoint,
      onStep: ({ step, loss, factor }) => {
        context.metric('loss', loss, step)
        context.metric('learning rate', options.learningRate * factor, step)
        context.progress({ done: step, total: totalSteps, unit: 'steps', stage: 'training' })
      },
      onEpoch: async round => {
        if (options.validations === 0) return
        await validate(network, set.heldOut, options, context, Math.min(totalSteps, round * stepsPerRound))
      },
    })
  } finally {
    optimizer.dispose()
  }
}

/** Once the finished network is written, the training's own checkpoint is of no use. */
export async function forgetTraining(folder: string): Promise<void> {
  await rm(join(folder, trainingFile), { force: true })
}

function trainingOf(
  network: SegmentationNetwork,
  optimizer: Optimizer,
  photos: readonly LabelledPhoto[],
  options: DeeplabOptions,
  context: MethodContext,
): Training<LabelledCrops> {
  const { batch, epochs, steps, polyPower, checkpointSeconds, multiScaleLoss, validations, dropHardest, tailShare } =
    options
  const { seed, pool, signal } = context
  const microBatch = microBatchSize(batch, options.microBatch / 2 ** (context.attempt - 1), fewestAtOnce(options))
  if (context.attempt > 1)
    context.log(`the device ran out of memory: ${microBatch} photos at once now, gradients add up to ${batch}`)
  const totalSteps = steps ?? Math.ceil((photos.length * epochs) / batch)
  const learn = multiScaleLoss ? learnAtScales : learnAtFullSize
  const factors = repeatFactors(
    photos.map(({ present }) => present),
    tailShare,
  )
  const most = factors.reduce((most, factor) => Math.max(most, factor))
  if (most > 1) context.log(`photos of rare classes are drawn more often, up to ${most.toFixed(1)} times (tailShare)`)
  const order = new PhotoOrder(factors, seed)
  const source = { photos, order, classes: context.dataset.classes.length, seed, microBatch, options, pool, signal }
  return {
    parameters: network.parameters,
    optimizer,
    identity: trainingIdentity(options, ['microBatch', 'checkpointSeconds', 'validations'], context, photos.length),
    seed,
    schedule: poly({ totalSteps, power: polyPower }),
    totalSteps,
    // What the loop calls an epoch is what lies between two validations: epochs of few photos take seconds.
    stepsPerEpoch: Math.ceil(totalSteps / Math.max(1, validations)),
    parts: batch / microBatch,
    ahead: 2,
    makeBatch: position => makeSamples(source, position),
    learn: (crops, pass, share) => {
      const labels = uploadUint8(crops.labels, [crops.count, crops.side, crops.side, 1])
      // Before half of training is over what is hard need not be wrong: the network knows too little to tell.
      const dropped = pass.step >= totalSteps / 2 ? dropHardest : 0
      const loss = learn(network, normaliseCrops(crops, network.architecture), labels, pass, share, dropped)
      labels.dispose()
      return loss
    },
    checkpoint: { path: join(context.folder, trainingFile), everySeconds: checkpointSeconds },
  }
}

function optimizerOf(options: DeeplabOptions): Optimizer {
  const { optimizer, learningRate, headLearningRateFactor, biasDoubled, decay, momentum } = options
  const head = learningRate * headLearningRateFactor
  const groups = {
    [TRUNK_GROUP]: { learningRate, weightDecay: decay },
    [HEAD_GROUP]: { learningRate: head, weightDecay: decay },
    [HEAD_BIAS_GROUP]: biasDoubled
      ? { learningRate: 2 * head, weightDecay: 0 }
      : { learningRate: head, weightDecay: decay },
  }
  if (optimizer === 'sgd') return new Sgd({ groups, momentum })
  return new AdamW({ groups, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 })
}

/** Mean IoU on held-out photos that have ground truth, in one piece at scale 1. */
async function validate(
  network: SegmentationNetwork,
  heldOut: readonly DatasetImage[],
  options: DeeplabOptions,
  context: MethodContext,
  step: number,
): Promise<void> {
  if (!heldOut.some(({ truth }) => truth !== undefined)) return
  const quick: PredictOptions = { ...options, scales: [1], mirrored: false, window: 'whole', knownLabels: false }
  const { meanIou } = scoresFromConfusion(await measure(network, heldOut, quick, context))
  if (meanIou.value !== null) context.metric('mIoU on held-out photos', meanIou.value, step)
}
