import { z } from 'zod'

/** How a mask's classes become the objects of formats that know no masks. */
export const objectOptions = {
  objects: z
    .enum(['part', 'class'])
    .default('part')
    .meta({ main: true })
    .describe('part: every connected part of a class is an object; class: all of a class in a photo is one.'),
  diagonal: z
    .boolean()
    .default(true)
    .describe('Pixels that touch at a corner only belong to one part, as OpenCV and scikit-image count.'),
  minimumArea: z
    .int()
    .min(1)
    .max(1_000_000)
    .default(1)
    .meta({ unit: 'px', main: true })
    .describe('Smaller objects are left out; 1 keeps all, so that the masks come back exactly.'),
}
