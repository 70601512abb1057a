import { z } from 'zod'
import { backboneNames } from '../../../backbones/catalogue'
import * as schemas from '../../optionSchemas'

/**
 * Every knob of SFC's training. "code" is Barrett-python/SFC@4f624a9. The defaults are the preset `small-set`, which is
 * what real photo sets of a few hundred photos bear; the preset `official` restores the published settings.
 */
const fields = z.object({
  backbone: z
    .enum(backboneNames)
    .default('efficientnet-lite0')
    .describe('Network that makes the features. The code uses resnet50.')
    .meta({ main: true }),
  weights: schemas.file
    .optional()
    .describe('File of the published ImageNet weights (.pth or .safetensors), where the set-up did not install them.'),
  train: z
    .enum(['head', 'all'])
    .default('head')
    .describe(
      'head: the backbone stays as published, its features are cached, and a thousand steps take two to five minutes on two processors. all: its two deepest stages are fine-tuned, as the code does.',
    )
    .meta({ main: true }),
  classifier: z
    .enum(['converged', 'steps'])
    .default('converged')
    .describe(
      'head: converged fits the classifier before SFC’s steps and leaves it; steps trains it together with the rest. all: always steps.',
    )
    .meta({ main: true }),
  longestSide: schemas.sidePixels
    .nullable()
    .default(320)
    .describe(
      'Longest side of the input in pixels, here and in every map made from this; null: as it is, as the code does.',
    )
    .meta({ main: true, unit: 'px' }),
  bankDraws: schemas.bankDraws
    .default(4)
    .describe(
      'Samples drawn from the image bank beside every batch, each class as likely; 0: no bank. 20 suits 80 classes.',
    )
    .meta({ main: true }),
  prototypeLoss: z
    .number()
    .min(0)
    .max(100)
    .default(1.6)
    .describe('λ of L_P, the difference of the classifier’s and the prototypes’ map; 0: none.')
    .meta({ main: true }),
  scaleLoss: z
    .number()
    .min(0)
    .max(100)
    .default(0)
    .describe(
      'λ of L_W, the difference of the maps of the photo and of the photo at half its size; 0: none, and the half size is not computed. The code has 0.8; on small sets it cost points.',
    )
    .meta({ main: true }),
  detachMaps: z
    .boolean()
    .default(true)
    .describe(
      'L_P moves the side convolutions alone. The code lets it move the classifier too, which on small sets spoils its maps.',
    ),
  coefficients: z
    .enum(['demand', 'even'])
    .default('demand')
    .describe('demand: each class weighs in the losses by its distribution coefficient. even: all weigh 1.'),
  bankFactor: z
    .number()
    .min(0)
    .max(100)
    .default(3)
    .describe(
      'ρ in the draws a class that the coefficients count on; the code has 3 without a reason, 1 is what is drawn.',
    ),
  consistencyNorm: z
    .enum(['all', 'present'])
    .default('all')
    .describe('The means of L_P and L_W run over all channels, absent classes too (code), or over labelled ones only.'),
  scaleByClasses: z
    .boolean()
    .default(true)
    .describe(
      'Multiplies L_P by (C + 1) / 21 and L_W by C / 20, so that a present class weighs what it does among VOC’s 20; off in the code, which knows 20 only.',
    ),
  affinityHops: z
    .number()
    .int()
    .min(0)
    .max(2)
    .default(0)
    .describe(
      'How often the classifier’s map is spread along learnt affinities; 0: not at all. The code has 2; with few photos it flattens the maps.',
    )
    .meta({ main: true }),
  affinityWidth: z
    .number()
    .int()
    .min(8)
    .max(4096)
    .default(256)
    .describe('Channels of the affinity’s features (f9). The code has 2048, which is most of its work.'),
  backgroundFactor: z
    .number()
    .min(0)
    .max(1)
    .default(0.3)
    .describe('The background’s map is multiplied by this before places are given to the largest map.'),
  steps: z
    .number()
    .int()
    .min(1)
    .max(1_000_000)
    .default(1000)
    .describe('head: training steps.')
    .meta({ main: true, unit: 'steps' }),
  mirrored: z
    .boolean()
    .default(true)
    .describe('head: half of the samples are mirror images; off halves the features to compute.'),
  headDecay: schemas.weightDecay
    .default(5e-4)
    .describe('converged: factor of the squared norm of the classifier’s weight.'),
  epochs: schemas.epochs.default(6).describe('all: passes over the photos.').meta({ main: true }),
  batch: schemas.photosAtOnce.default(16).describe('Photos a step, beside what the bank adds.'),
  microBatch: schemas.photosAtOnce
    .default(20)
    .describe('all: samples on the device at once; gradients accumulate to batch and draws together.'),
  crop: schemas.cropPixels
    .multipleOf(32)
    .default(512)
    .describe('all: side of the square crop, a multiple of 32 pixels.')
    .meta({ unit: 'px' }),
  resizeLong: schemas.longestSideRange
    .default([320, 640])
    .describe('all: the longest side before cropping is drawn from this range, pixels.')
    .meta({ unit: 'px' }),
  learningRate: schemas.learningRate
    .default(0.1)
    .describe('Of the backbone, at the first step; falls to 0 by (1 − t/T)^polyPower.'),
  headLearningRateFactor: schemas.rateFactor.default(10).describe('SFC’s own layers learn this much faster.'),
  decay: schemas.weightDecay.default(1e-4).describe('Weight decay on every trained weight.'),
  momentum: schemas.momentum
    .default(0)
    .describe('The code runs with 1e-4, by passing the decay in its place; at its learning rate 0.9 diverges.'),
  polyPower: schemas.polyPower.default(0.9).describe('Exponent of the learning rate schedule.'),
  clipNorm: z
    .number()
    .positive()
    .max(1e6)
    .default(1)
    .describe('Gradients of all weights together are shortened to this norm.'),
  checkpointSeconds: schemas.checkpointSeconds
    .default(300)
    .describe('A checkpoint is written this often and after every epoch, seconds.')
    .meta({ unit: 's' }),
})

/** Options that would do nothing with the others as they are, leave nothing to train, or spread maps along affinities that nothing teaches. */
export const sfcOptions = fields.superRefine((options, { addIssue }) => {
  const { affinityHops, prototypeLoss, scaleLoss, detachMaps, train, classifier } = options
  const refuse = (option: keyof z.output<typeof fields>, message: string) => {
    addIssue({ code: 'custom', path: [option], message })
  }
  const classifierLearns = train === 'all' || classifier === 'steps'
  const affinitiesLearn = scaleLoss > 0 || (prototypeLoss > 0 && !detachMaps)
  if (affinityHops > 0 && !affinitiesLearn)
    refuse('affinityHops', '0 where no loss teaches the affinities (scaleLoss above 0 or detachMaps false does)')
  if (scaleLoss > 0 && affinityHops === 0 && !classifierLearns)
    refuse('scaleLoss', '0 where neither classifier nor affinities learn (classifier: steps or affinityHops above 0)')
  if (!detachMaps && affinityHops === 0 && !classifierLearns)
    refuse(
      'detachMaps',
      'true where neither classifier nor affinities learn (classifier: steps or affinityHops above 0)',
    )
  if (prototypeLoss === 0 && affinityHops === 0 && !classifierLearns)
    refuse('prototypeLoss', 'above 0 where neither classifier nor affinities learn: no step would train anything')
})
export type SfcOptions = z.output<typeof sfcOptions>
