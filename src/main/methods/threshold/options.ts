import { z } from 'zod'

/** Every knob of the plain threshold. */
export const thresholdOptions = z.object({
  threshold: z
    .union([z.number().min(0).max(1), z.literal('best-on-truth'), z.literal('auto')])
    .default('auto')
    .describe(
      'A pixel takes the class of its largest score where that is above this, else background. best-on-truth: the best of 0.00 … 1.00 on the photos with ground truth, which are then also those it is reported on. auto: that, where any photo has truth, else 0.3.',
    ),
})
export type ThresholdOptions = z.output<typeof thresholdOptions>
