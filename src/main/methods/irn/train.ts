import { join } from 'node:path'
import { WorkbenchError } from '../../../shared/errors'
import { blobPath } from '../../artifacts/blobStore'
import { microBatchSize } from '../../nn/microBatch'
import type { Pass } from '../../nn/layer'
import { Sgd } from '../../nn/optimizers/sgd'
import { poly } from '../../nn/schedules/poly'
import { type BatchPosition, trainLoop } from '../../nn/trainLoop'
import { trainingIdentity } from '../../nn/trainingIdentity'
import type { MethodContext } from '../context'
import { nobodySaid, taughtPhotos } from '../taughtPhotos'
import { type CropSource, type LabelledPhoto, makeCrops } from './batches'
import { DISPLACEMENT_GROUP } from './displacementBranch'
import { EDGE_GROUP } from './edgeBranch'
import type { IrNetwork, LabelledCrops, StepLoss } from './irNetwork'
import type { IrnOptions } from './options'

/** The checkpoint of a training under way, in the step's folder. */
export const trainingFile = 'training.safetensors'

export interface TrainingFacts {
  readonly photos: number
  readonly steps: number
}

/** Trains the branches (jiwoon-ahn/irn step/train_irn.py). Stopped anywhere, it goes on from its checkpoint. */
export async function train(network: IrNetwork, options: IrnOptions, context: MethodContext): Promise<TrainingFacts> {
  const source = cropSource(options, context)
  const totalSteps = source.stepsPerEpoch * options.epochs
  const optimizer = optimizerOf(options)
  const pairs = new PairCount(source.stepsPerEpoch)
  const { seed, checkpoint, metric, progress } = context
  const training = {
    parameters: network.parameters,
    optimizer,
    identity: identityOf(options, context, source.photos.length),
    seed,
    schedule: poly({ totalSteps, power: options.polyPower }),
    totalSteps,
    stepsPerEpoch: source.stepsPerEpoch,
    parts: options.batch / source.microBatch,
    ahead: 2,
    makeBatch: (position: BatchPosition) => makeCrops(source, position),
    learn: (crops: LabelledCrops, pass: Pass, share: number) =>
      network.learn(crops, pass, share, loss => {
        pairs.add(loss, pass.step)
        reportParts(loss, pass.step + 1, context)
      }),
    checkpoint: { path: join(context.folder, trainingFile), everySeconds: options.checkpointSeconds },
  }
  try {
    await trainLoop(training, {
      checkpoint,
      onStep: ({ step, loss, factor }) => {
        metric('loss', loss, step)
        metric('learning rate', options.learningRate * factor, step)
        progress({ done: step, total: totalSteps, unit: 'steps', stage: 'training' })
      },
      onEpoch: epoch => Promise.resolve(pairs.assertBothSides(epoch, context)),
    })
  } finally {
    optimizer.dispose()
  }
  return { photos: source.photos.length, steps: totalSteps }
}

/** Photos that have labels, and how large a part of a batch the device takes at once. @throws BAD_INPUT for too few or none */
function cropSource(options: IrnOptions, context: MethodContext): CropSource {
  const photos = labelledPhotos(context)
  if (photos.length === 0) throw noLabelMap(context)
  const stepsPerEpoch = Math.floor(photos.length / options.batch)
  if (stepsPerEpoch === 0)
    throw new WorkbenchError(
      'BAD_INPUT',
      `${photos.length} photos with labels are fewer than a batch of ${options.batch}: set irn.batch to ` +
        `${photos.length} or less.`,
    )
  const microBatch = microBatchSize(options.batch, options.microBatch / 2 ** (context.attempt - 1))
  if (context.attempt > 1)
    context.log(`the device ran out of memory: ${microBatch} photos at once now, gradients add up to ${options.batch}`)
  const { pool, signal, seed, dataset } = context
  return { photos, classes: dataset.classes.length, seed, microBatch, stepsPerEpoch, options, pool, signal }
}

function labelledPhotos(context: MethodContext): LabelledPhoto[] {
  const { inputs, dataset, blobFolder } = context
  const blobs = new Map(
    inputs.labels!.artifacts.flatMap(({ kind, imageId, blob }) =>
      kind === 'labels' ? [[imageId, blobPath(blobFolder, blob)] as const] : [],
    ),
  )
  const taught = taughtPhotos(dataset.images, context)
  if (taught.length === 0) throw nobodySaid(dataset.images.length)
  return taught.flatMap(image => {
    const labelMap = blobs.get(image.id)
    return labelMap === undefined ? [] : [{ ...image, labelMap }]
  })
}

function noLabelMap({ inputs }: MethodContext): WorkbenchError {
  const { step } = inputs.labels!
  return new WorkbenchError(
    'BAD_INPUT',
    `Step "${step}" gave no label map of a photo that can be trained on: see its log for the photos that it left out.`,
  )
}

function optimizerOf({ momentum, learningRate, displacementRateFactor, decay }: IrnOptions): Sgd {
  const group = (rate: number) => ({ learningRate: rate, weightDecay: decay })
  return new Sgd({
    momentum,
    groups: { [EDGE_GROUP]: group(learningRate), [DISPLACEMENT_GROUP]: group(learningRate * displacementRateFactor) },
  })
}

function reportParts({ affinity, displacement }: StepLoss, step: number, { metric }: MethodContext): void {
  metric('loss of background pairs', affinity.background, step)
  metric('loss of pairs of a class', affinity.foreground, step)
  metric('loss of pairs of different labels', affinity.different, step)
  if (displacement !== null) metric('loss of displacements', displacement.total, step)
}

/** What a checkpoint must share with the run that goes on from it: where its labels come from, too. */
function identityOf(options: IrnOptions, context: MethodContext, photos: number) {
  const free = ['microBatch', 'checkpointSeconds', 'walkRadius', 'beta', 'walkDoublings'] as const
  return { ...trainingIdentity(options, free, context, photos), labels: context.inputs.labels!.step }
}

/** Pairs seen since this process began to train: without both kinds there is no edge to be learned. */
class PairCount {
  #first: number | undefined
  #alike = 0
  #different = 0

  constructor(readonly stepsPerEpoch: number) {}

  add({ affinity: { pairs } }: StepLoss, step: number): void {
    this.#first ??= step
    this.#alike += pairs.background + pairs.foreground
    this.#different += pairs.different
  }

  /** @param epoch passes done; of them, those count that a resumed training has seen from their beginning */
  assertBothSides(epoch: number, { inputs }: MethodContext): void {
    const passes = epoch - Math.ceil((this.#first ?? 0) / this.stepsPerEpoch)
    if (passes === 0 || (this.#alike > 0 && this.#different > 0)) return
    const { step } = inputs.labels!
    throw new WorkbenchError(
      'BAD_INPUT',
      `In ${passes} ${passes === 1 ? 'pass' : 'passes'} over the photos no two neighbours had ${this.#alike === 0 ? 'one label' : 'different labels'}, ` +
        `as step "${step}" gave them: there is no edge to learn. Widen what is sure there: lower its foreground ` +
        'threshold, or raise that of the background.',
    )
  }
}
