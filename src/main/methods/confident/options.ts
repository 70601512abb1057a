import { z } from 'zod'
import * as schemas from '../optionSchemas'

const weight = z.number().min(0).max(100)
const deviation = z.number().positive().max(1000)

const thresholdSchema = z.union([z.number().min(0).max(1), z.literal('auto')]).default('auto')

/** How far LPCAM's two thresholds, 0.45 and 0.25, lie from the one that its masks are cut at, 0.3. */
export const MARGINS = { foreground: 0.15, background: -0.05 } as const

/** Every knob of confident labels. Defaults: LPCAM's (zhaozhengChen/LPCAM run_sample.py); IRN's own are a preset. */
export const confidentOptions = z
  .object({
    foreground: thresholdSchema
      .describe(
        'A pixel surely has the class of its largest score where that is above this. LPCAM 0.45, IRN 0.30, ReCAM 0.35. auto: 0.15 above the threshold that makes the best masks where any photo has truth, else 0.45.',
      )
      .meta({ main: true }),
    background: thresholdSchema
      .describe(
        'A pixel is surely background where no score is above this. LPCAM 0.25, IRN 0.05, ReCAM 0.10. auto: 0.05 below the threshold that makes the best masks where any photo has truth, else 0.25.',
      )
      .meta({ main: true }),
    longestSide: schemas.sidePixels
      .nullable()
      .default(1024)
      .describe(
        'Larger photos are worked at this longest side, in whose pixels reaches count, and their labels brought back. null: every photo at its own size, as the papers do; 12 megapixels then take 2 GB a thread.',
      )
      .meta({ unit: 'px' }),
    labelConfidence: z
      .number()
      .gt(0)
      .lt(1)
      .default(0.7)
      .describe('Probability that a thresholded label is right, before the CRF is asked.'),
    iterations: z.number().int().min(0).max(100).default(10).describe('Mean-field updates of the CRF; 0: no CRF.'),
    spatialSigma: deviation.default(3).describe('Spatial kernel: standard deviation, pixels.').meta({ unit: 'px' }),
    spatialWeight: weight.default(3).describe('Spatial kernel: weight.'),
    bilateralSigma: deviation
      .default(50)
      .describe('Bilateral kernel: standard deviation of the position, pixels.')
      .meta({ unit: 'px' }),
    bilateralColour: deviation.default(5).describe('Bilateral kernel: standard deviation of each colour, of 0 … 255.'),
    bilateralWeight: weight.default(10).describe('Bilateral kernel: weight.'),
  })
  .refine(({ foreground, background }) => foreground === 'auto' || background === 'auto' || background <= foreground, {
    path: ['background'],
    message: 'at most foreground, since no pixel is surely both',
  })
export type ConfidentOptions = z.output<typeof confidentOptions>
