import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { writeClassifier } from '../../../backbones/classifierCheckpoint'
import type { Groups, Optimizer } from '../../../nn/optimizers/optimizer'
import { TRUNK_GROUP, type Weights } from '../../../backbones/network'
import { Clipped } from '../../../nn/optimizers/clipped'
import { Sgd } from '../../../nn/optimizers/sgd'
import { poly } from '../../../nn/schedules/poly'
import type { Schedule } from '../../../nn/schedules/schedule'
import { toTorch } from '../../../nn/torchLayout'
import { trainingIdentity } from '../../../nn/trainingIdentity'
import type { ClassBalance } from '../../../../shared/contract/classBalance'
import type { MethodContext } from '../../context'
import type { LearningOptions } from '../network/learnSfc'
import { HEAD_GROUP, type SfcHead } from '../network/sfcHead'
import { writeSfc } from '../sfcCheckpoint'
import type { SfcOptions } from './options'

/** What the frozen and the fine-tuned training share. */

/** The checkpoint of a training under way, in the step's folder; gone when it is finished. */
export const trainingFile = 'training.safetensors'

/** Classes of VOC, which the published factors of the losses are made for. */
const VOC_CLASSES = 20

/** Plain SGD with the gradient's norm clipped; SFC's own layers learn faster (its train_resnet50_SFC.py). */
export function sfcOptimizer(options: SfcOptions): Optimizer {
  const { momentum, learningRate, headLearningRateFactor, decay, clipNorm } = options
  const group = (rate: number) => ({ learningRate: rate, weightDecay: decay })
  const groups: Groups = {
    [TRUNK_GROUP]: group(learningRate),
    [HEAD_GROUP]: group(learningRate * headLearningRateFactor),
  }
  return new Clipped(new Sgd({ momentum, groups }), clipNorm)
}

export function sfcSchedule({ polyPower }: SfcOptions, totalSteps: number): Schedule {
  return poly({ totalSteps, power: polyPower })
}

/** The losses' settings; with `scaleByClasses` a present class weighs what it does among VOC's 20. */
export function learningOptions(options: SfcOptions, table: readonly ClassBalance[]): LearningOptions {
  const { affinityHops, backgroundFactor, consistencyNorm, detachMaps, scaleByClasses } = options
  const classes = table.length
  return {
    affinityHops,
    backgroundFactor,
    consistencyNorm,
    detachMaps,
    prototypeLoss: options.prototypeLoss * (scaleByClasses ? (classes + 1) / (VOC_CLASSES + 1) : 1),
    scaleLoss: options.scaleLoss * (scaleByClasses ? classes / VOC_CLASSES : 1),
    coefficients: table.map(({ coefficient }) => coefficient),
    trainsBackbone: options.train === 'all',
  }
}

/** What a checkpoint must share with the run that goes on from it; the micro-batch may differ. */
export function sfcIdentity(options: SfcOptions, context: MethodContext, photos: number) {
  return trainingIdentity(options, ['microBatch', 'checkpointSeconds'], context, photos)
}

/** The backbone that a head was trained on; its weights where they are no longer the published ones. */
export interface TrainedTrunk {
  readonly trunkHash: string
  readonly trunkWeights?: Weights
}

/** Writes SFC's layers, then the classifier, then removes the training's checkpoint: killed between, it starts at its end. */
export async function saveSfc(
  head: SfcHead,
  trunk: TrainedTrunk,
  options: SfcOptions,
  { folder, dataset }: MethodContext,
): Promise<void> {
  await writeSfc(folder, head, trunk.trunkHash, options)
  const { value, shape, layout } = head.classifier
  await writeClassifier(folder, {
    backbone: options.backbone,
    weightsFile: options.weights,
    ...trunk,
    weight: toTorch(value.dataSync() as Float32Array, shape, layout),
    classes: dataset.classes,
    longestSide: options.longestSide,
  })
  await rm(join(folder, trainingFile), { force: true })
}
