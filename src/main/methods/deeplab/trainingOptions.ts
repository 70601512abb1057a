import { z } from 'zod'
import * as schemas from '../optionSchemas'

/** Recipes and runs of earlier versions say true and false. */
function formerCorrections(value: unknown): unknown {
  if (typeof value !== 'boolean') return value
  return value ? 'prefer' : 'ignore'
}

/** What is trained on. */
export const sampleOptions = {
  truth: z
    .enum(['ignore', 'prefer', 'only'])
    .default('ignore')
    .describe(
      'ignore: trains on the label maps that the recipe gives. prefer: on ground truth where a photo has some. only: on nothing else, for a figure of full supervision.',
    )
    .meta({ main: true }),
  corrections: z
    .preprocess(formerCorrections, z.enum(['ignore', 'prefer', 'only']))
    .prefault('prefer')
    .describe(
      'Masks that a person accepted or edited in Review. prefer: they are trained on instead of the recipe’s. only: on no others. ignore: as if there were none. Ground truth, where it is used, comes first.',
    )
    .meta({ main: true }),
  heldOut: z
    .number()
    .min(0)
    .max(0.9)
    .default(0)
    .describe(
      'Share of the photos, chosen by the hash of their bytes, that is kept out of training and predicted all the same.',
    )
    .meta({ main: true }),
  tailShare: z
    .number()
    .min(0)
    .max(1)
    .default(0.5)
    .describe(
      'Photos of a class that fewer than this share of the photos show are drawn more often, √(share ÷ its frequency) times beside the others (LVIS): without it a network forgets its rarest classes. 0: all alike.',
    )
    .meta({ main: true }),
  longestSide: schemas.sidePixels
    .nullable()
    .default(320)
    .describe('Longest side of a photo at scale 1, while training and while predicting; null: as it is.')
    .meta({ main: true, unit: 'px' }),
  crop: z
    .number()
    .int()
    .min(32)
    .max(2048)
    .default(256)
    .describe('Side of the square crop that is trained on.')
    .meta({ unit: 'px' }),
  scaleRange: z
    .tuple([z.number().min(0.1).max(8), z.number().min(0.1).max(8)])
    .refine(([smallest, largest]) => smallest <= largest, 'the first factor is the smaller one')
    .default([0.5, 1.5])
    .describe('A photo is resized by a factor drawn from this range before it is cropped.'),
  scaleStep: z
    .number()
    .min(0)
    .max(4)
    .default(0)
    .describe('The factor is a multiple of this beyond the smallest (DeepLabV2: 0.25); 0: any.'),
}

/** How it is trained. */
export const learningOptions = {
  epochs: schemas.epochs.default(24).describe('Passes over the photos.').meta({ main: true }),
  steps: z
    .number()
    .int()
    .min(0)
    .max(1_000_000)
    .nullable()
    .default(null)
    .describe(
      'Optimizer steps, as the papers count; null: as many as the epochs make. 0: none, the network of `start` predicts as it is.',
    ),
  batch: schemas.photosAtOnce.default(8).describe('Photos a step.'),
  microBatch: schemas.photosAtOnce
    .default(8)
    .describe(
      'Photos on the device at once; gradients accumulate to the batch, batch norms see these alone. 2 or more, but for deeplabv2.',
    ),
  optimizer: z.enum(['sgd', 'adamw']).default('adamw').describe('How weights move; DeepLab’s papers use sgd.'),
  learningRate: schemas.learningRate
    .default(2e-4)
    .describe('Of the backbone, at the first step; falls to 0 by (1 − t/T)^polyPower.'),
  headLearningRateFactor: schemas.rateFactor.default(10).describe('The head learns this much faster.'),
  biasDoubled: z
    .boolean()
    .default(false)
    .describe('Biases of the head learn at twice its rate, without decay (DeepLabV2).'),
  decay: schemas.weightDecay.default(1e-4).describe('Weight decay.'),
  momentum: schemas.momentum.default(0.9).describe('sgd: of the gradients.'),
  polyPower: schemas.polyPower.default(0.9).describe('Exponent of the learning rate’s schedule.'),
  multiScaleLoss: z
    .boolean()
    .default(false)
    .describe(
      'A loss at scales 1, 0.75 and 0.5 and at the largest of the three a pixel (DeepLabV2); 1.8 times the work.',
    ),
  dropHardest: z
    .number()
    .min(0)
    .max(0.9)
    .default(0)
    .describe(
      'Once half of training is over, this share of the pixels at once on the device counts for nothing: those with the largest loss, where noisy masks are often wrong. 0.1 is meant for pseudo masks that nobody corrected.',
    ),
  checkpointSeconds: schemas.checkpointSeconds
    .default(300)
    .describe('A checkpoint is written this often, and at every validation.')
    .meta({ unit: 's' }),
  validations: z
    .number()
    .int()
    .min(0)
    .max(100)
    .default(4)
    .describe('So often while it trains, mIoU is measured on the held-out photos that have ground truth.'),
}
