import { z } from 'zod'
import * as schemas from '../optionSchemas'

/** Every knob of class activation maps. Defaults: jiwoon-ahn/irn `step/make_cam.py`. */
export const camOptions = z.object({
  scales: schemas.scales
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
