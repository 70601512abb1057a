import { z } from 'zod'

/** Scales of the input, each a factor of its size at scale 1. */
export const scalesSchema = z
  .array(z.number().min(0.1).max(8))
  .min(1)
  .max(8)
  .refine(scales => new Set(scales).size === scales.length, 'each scale may stand once')

/** Every knob of class activation maps. Defaults: jiwoon-ahn/irn `step/make_cam.py`. */
export const camOptions = z.object({
  scales: scalesSchema
    .default([1, 0.5, 1.5, 2])
    .describe('The maps of these input scales are summed before they are normalised; [1] is about seven times faster.')
    .meta({ main: true }),
  mirrored: z
    .boolean()
    .default(true)
    .describe('Adds the maps of the mirror image, mirrored back.')
    .meta({ main: true }),
  epsilon: z
    .number()
    .min(0)
    .max(1)
    .default(1e-5)
    .describe('Added to each map’s maximum before dividing by it, so that a class that is nowhere stays 0.'),
})
export type CamOptions = z.output<typeof camOptions>
