import { z } from 'zod'
import { confidence, fieldOptions } from '../fieldOptions'

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
  confidence: confidence
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
  ...fieldOptions,
})
export type DenseCrfOptions = z.output<typeof denseCrfOptions>
