import { z } from 'zod'

/** Every knob of the sample project. */
export const sampleOptions = z.object({
  seed: z
    .number()
    .int()
    .min(0)
    .max(2 ** 31 - 1)
    .default(7)
    .describe('The same seed gives the same photos and byte-identical masks.'),
  photos: z
    .number()
    .int()
    .min(24)
    .max(2000)
    .default(160)
    .describe('How many photos; below 24 the long tail of nine classes has no room.'),
})
export type SampleOptions = z.output<typeof sampleOptions>
