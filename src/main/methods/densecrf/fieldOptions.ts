import { z } from 'zod'

const weight = z.number().min(0).max(100)
const deviation = z.number().min(0.5).max(1000)

/** Probability that a pixel of a mask is right. */
export const confidence = z.number().gt(0).lt(1)

/** How the field is, and at what size. Defaults: jiwoon-ahn/irn `misc/imutils.py` `crf_inference_label`, unless told otherwise. */
export const fieldOptions = {
  iterations: z
    .number()
    .int()
    .min(1)
    .max(100)
    .default(10)
    .describe('Mean-field updates; little changes after 10.')
    .meta({ main: true }),
  spatialSigma: deviation.default(3).describe('Reach of the kernel that sees position alone.').meta({ unit: 'px' }),
  spatialWeight: weight.default(3).describe('Its weight: higher makes rounder masks without specks. 0: without it.'),
  bilateralSigmaXy: deviation
    .default(50)
    .describe('Reach of the kernel that sees position and colour.')
    .meta({ unit: 'px', main: true }),
  bilateralSigmaRgb: deviation
    .default(5)
    .describe('Colours this far apart still pull on each other, of 0 … 255: lower keeps to sharper edges.')
    .meta({ main: true }),
  bilateralWeight: weight
    .default(10)
    .describe('Its weight: higher lets edges of the photo outvote what it starts from. 0: without it.')
    .meta({ main: true }),
  longestSide: z
    .number()
    .int()
    .min(64)
    .max(10_000)
    .nullable()
    .default(1024)
    .describe(
      'Larger photos are worked at this longest side, in whose pixels reaches count, and their masks brought back. null: every photo at its own size, as the code does; 12 megapixels then take 2 GB a thread.',
    )
    .meta({ unit: 'px' }),
}
export type FieldOptions = z.output<z.ZodObject<typeof fieldOptions>>
