import { z } from 'zod'

const weight = z.number().min(0).max(100)
const deviation = z.number().min(0.5).max(1000)

/** Every knob of the dense CRF. Defaults: jiwoon-ahn/irn `misc/imutils.py` `crf_inference_label`, unless told otherwise. */
export const denseCrfOptions = z.object({
  threshold: z
    .union([z.number().min(0.01).max(1), z.literal('best-on-truth'), z.literal('auto')])
    .default('auto')
    .describe(
      'Foreground, before the field smooths it, is where the largest score is above this. best-on-truth: the best of the plain masks on the photos with ground truth, which are then also those it is reported on. auto: that, where any photo has truth, else 0.3.',
    )
    .meta({ main: true }),
  evidence: z
    .enum(['labels', 'scores'])
    .default('labels')
    .describe(
      'What the field starts from. labels: the mask cut at the threshold, every pixel as sure (IRN). scores: probabilities that follow the scores, so that high ones hold on to their label.',
    )
    .meta({ main: true }),
  confidence: z
    .number()
    .gt(0)
    .lt(1)
    .default(0.7)
    .describe('With evidence labels: the probability that a pixel of the cut mask is right.'),
  sharpness: z
    .number()
    .min(0.1)
    .max(20)
    .default(1)
    .describe(
      'With evidence scores: probabilities are proportional to score^sharpness, and the background’s score is the threshold.',
    ),
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
    .describe('Its weight: higher lets edges of the photo outvote the scores. 0: without it.')
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
})
export type DenseCrfOptions = z.output<typeof denseCrfOptions>
