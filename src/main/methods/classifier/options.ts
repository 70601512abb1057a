import { z } from 'zod'
import { backboneNames } from '../../backbones/catalogue'
import * as schemas from '../optionSchemas'

/** Every knob of the multi-label classifier. `train: all` follows LPCAM's code (zhaozhengChen/LPCAM, after IRN). */
export const classifierOptions = z.object({
  backbone: z
    .enum(backboneNames)
    .default('efficientnet-lite0')
    .describe('Network that makes the features. Lite0 gives good maps on a CPU; the papers use resnet50.')
    .meta({ main: true }),
  weights: schemas.file
    .optional()
    .describe('File of the published ImageNet weights (.pth or .safetensors), where the set-up did not install them.'),
  train: z
    .enum(['auto', 'head', 'all'])
    .default('auto')
    .describe(
      'head: the trunk stays as published, the linear head is fitted to convergence. all: fine-tuning. auto: head on a CPU, all on a GPU.',
    )
    .meta({ main: true }),
  longestSide: schemas.sidePixels
    .nullable()
    .default(320)
    .describe(
      'Longest side of the input in pixels, here and in every map made from this classifier; null: as it is, as the papers do. 320 keeps four scales affordable on a CPU.',
    )
    .meta({ main: true, unit: 'px' }),
  headDecay: schemas.weightDecay.default(5e-4).describe('head: factor of the squared norm of the weight in the loss.'),
  bankDraws: schemas.bankDraws
    .default(0)
    .describe(
      'Samples drawn from an image bank beside every batch, each class as likely (SFC’s re-sampling; its code draws 4); 0: none. head: photos of rare classes weigh more, by as much as the draws would come to.',
    ),
  folds: z
    .number()
    .int()
    .min(0)
    .max(20)
    .default(5)
    .describe(
      'head: photos are split into this many parts, each scored by a head fitted without it; 0: no mAP on unseen photos.',
    ),
  epochs: schemas.epochs.default(5).describe('all: passes over the photos.').meta({ main: true }),
  batch: schemas.photosAtOnce.default(16).describe('all: photos a step.'),
  microBatch: schemas.photosAtOnce
    .default(16)
    .describe('all: photos on the device at once; gradients accumulate to the batch.'),
  crop: schemas.cropPixels.default(512).describe('all: side of the square crop, pixels.').meta({ unit: 'px' }),
  resizeLong: schemas.longestSideRange
    .default([320, 640])
    .describe('all: the longest side before cropping is drawn from this range, pixels.')
    .meta({ unit: 'px' }),
  learningRate: schemas.learningRate
    .default(0.1)
    .describe('all: of the trunk, at the first step; falls to 0 by (1 − t/T)^polyPower.'),
  headLearningRateFactor: schemas.rateFactor.default(10).describe('all: the head learns this much faster.'),
  decay: schemas.weightDecay.default(1e-4).describe('all: weight decay on every weight, γ and β included.'),
  momentum: schemas.momentum
    .default(0)
    .describe('all: the papers ran with 1e-4, by passing the decay in its place; at this learning rate 0.9 diverges.'),
  polyPower: schemas.polyPower.default(0.9).describe('all: exponent of the learning rate schedule.'),
  heldOut: z
    .number()
    .min(0)
    .max(0.5)
    .default(0)
    .describe(
      'all: share of the photos kept out of training, to measure mAP on after every epoch; 0 trains on all, as the papers do.',
    ),
  checkpointSeconds: schemas.checkpointSeconds
    .default(300)
    .describe('all: a checkpoint is written this often and after every epoch, seconds.')
    .meta({ unit: 's' }),
  frozenBlocks: z
    .number()
    .int()
    .min(0)
    .max(64)
    .default(0)
    .describe('all: this many blocks after the stem stay as published (the stem always does).'),
})
export type ClassifierOptions = z.output<typeof classifierOptions>
