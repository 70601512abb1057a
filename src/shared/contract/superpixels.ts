import { z } from 'zod'

/** How a photo is cut into superpixels, as the address asks for them. */
export const superpixelQuerySchema = z.strictObject({
  spacing: z.coerce
    .number()
    .int()
    .min(4)
    .max(200)
    .default(16)
    .describe(
      'Pixels of the photo between superpixels: an ear of an animal in a photo of 500 px is about two of them.',
    ),
  compactness: z.coerce
    .number()
    .min(1)
    .max(40)
    .default(10)
    .describe('How much nearness counts beside colour; 10 is what the paper uses, lower follows edges more closely.'),
})
export type SuperpixelQuery = z.output<typeof superpixelQuerySchema>

/** Rounds of the clustering: after ten the paper finds no change worth its time. */
export const superpixelIterations = 10

/** A photo with a longer side than so many pixels is cut at this size: 4096² would take ten seconds. */
export const longestSuperpixelSide = 2048
