import { z } from 'zod'
import { backboneNames } from '../../backbones/catalogue'
import * as schemas from '../optionSchemas'

/**
 * Every knob of IRN. `official` is LPCAM's run of it (zhaozhengChen/LPCAM run_sample.py, step/train_irn.py, after
 * jiwoon-ahn/irn); the defaults are sized for a CPU and a few hundred photos.
 */
const knobs = z.object({
  backbone: z
    .enum(backboneNames)
    .default('efficientnet-lite0')
    .describe('Network whose depths the edges are read from; it stays as published. The paper uses resnet50.')
    .meta({ main: true }),
  weights: schemas.file
    .optional()
    .describe('File of the published ImageNet weights (.pth or .safetensors), where the set-up did not install them.'),
  longestSide: schemas.sidePixels
    .nullable()
    .default(320)
    .describe(
      'Longest side of the input, pixels: edges and walk lie on a quarter of it. null: as the photo is, as the papers do. Score maps of another size are brought to it.',
    )
    .meta({ main: true, unit: 'px' }),
  epochs: schemas.epochs.default(10).describe('Passes over the photos.').meta({ main: true }),
  batch: schemas.photosAtOnce.default(8).describe('Photos a step.'),
  microBatch: schemas.photosAtOnce
    .default(8)
    .describe('Photos on the device at once; gradients accumulate to the batch.'),
  crop: schemas.sidePixels.default(320).describe('Side of the square crop, pixels.').meta({ unit: 'px' }),
  scales: z
    .tuple([z.number().min(0.1).max(8), z.number().min(0.1).max(8)])
    .default([0.5, 1.5])
    .describe('Before cropping the photo is resized by a factor from this range.'),
  learningRate: schemas.learningRate
    .default(0.1)
    .describe('Of the edge branch, at the first step; falls to 0 by (1 − t/T)^polyPower.'),
  displacementRateFactor: schemas.rateFactor.default(10).describe('The displacement branch learns this much faster.'),
  decay: schemas.weightDecay.default(1e-4).describe('Weight decay on every weight of the branches, γ and β too.'),
  momentum: schemas.momentum.default(0).describe('The papers ran with 1e-4, by passing the decay in its place.'),
  polyPower: schemas.polyPower.default(0.9).describe('Exponent of the learning rate schedule.'),
  trainRadius: z
    .number()
    .int()
    .min(2)
    .max(32)
    .default(10)
    .describe('Pairs of cells nearer than this teach the edges; a cell is 4 pixels of the input.'),
  displacement: z
    .boolean()
    .default(false)
    .describe(
      'Also trains the way of every pixel to the centre of its object, and keeps it with the edges. Masks of classes do not depend on it (irn issue 19); it takes twice the time.',
    ),
  walkRadius: z.number().int().min(2).max(32).default(5).describe('The walk steps between cells nearer than this.'),
  beta: z
    .number()
    .positive()
    .max(100)
    .default(10)
    .describe('Exponent of the affinity: higher keeps the walk inside fainter edges.')
    .meta({ main: true }),
  walkDoublings: z
    .number()
    .int()
    .min(0)
    .max(12)
    .default(8)
    .describe('The walk takes 2 to the power of this many steps; the papers’ code calls it exp_times.')
    .meta({ main: true }),
  padTo: schemas.sidePixels
    .nullable()
    .default(null)
    .describe(
      'The photo is laid on a square of this side before the network sees it: IRN 512, LPCAM not at all (null). The norms see the margin.',
    )
    .meta({ unit: 'px' }),
  checkpointSeconds: schemas.checkpointSeconds
    .default(300)
    .describe('A checkpoint is written this often and after every epoch, seconds.')
    .meta({ unit: 's' }),
})

// The first cell of a pair has trainRadius − 1 cells of 4 pixels left and right of it: see `affinityLoss`.
export const irnOptions = knobs.refine(({ crop, trainRadius }) => crop > 8 * (trainRadius - 1), {
  path: ['crop'],
  message: 'above 8 · (trainRadius − 1) pixels for a pair of cells to fit, or trainRadius lower',
})
export type IrnOptions = z.output<typeof irnOptions>
