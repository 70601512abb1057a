import { z } from 'zod'
import * as schemas from '../../optionSchemas'

/** Every knob of SFC's maps. "code" is Barrett-python/SFC@4f624a9. */
export const sfcMapsOptions = z.object({
  map: z
    .enum(['sum', 'classifier', 'prototype', 'difference', 'photo-difference'])
    .default('sum')
    .describe(
      'sum: the classifier’s and the prototypes’ map together, as the paper ends. classifier, prototype: one of the two. difference: likeness to the class’s prototype over all photos minus likeness to its background’s, which needs no training by SFC. photo-difference: the same with prototypes of each photo alone.',
    )
    .meta({ main: true }),
  features: z
    .enum(['side', 'trunk'])
    .default('side')
    .describe(
      'What prototypes are made of. side: SFC’s side convolutions. trunk: the features that the classifier reads, of any classifier.',
    )
    .meta({ main: true }),
  beta: z
    .number()
    .min(0)
    .max(10)
    .default(1)
    .describe(
      'sum: weight of the prototypes’ map beside the classifier’s. The code has 0.3 and 0.7 in different scripts.',
    ),
  scales: schemas.scales
    .default([1, 0.5, 1.5, 2])
    .describe('The maps of these input scales are summed; [1] is about seven times faster.')
    .meta({ main: true }),
  mirrored: z
    .boolean()
    .default(true)
    .describe('Adds the raw maps and features of the mirror image, mirrored back, before anything is normalised.')
    .meta({ main: true }),
  affinityHops: z
    .number()
    .int()
    .min(0)
    .max(2)
    .nullable()
    .default(null)
    .describe('How often the classifier’s map is spread along the learnt affinities; null: as it was trained.'),
  backgroundFactor: z
    .number()
    .min(0)
    .max(1)
    .nullable()
    .default(null)
    .describe(
      'The background’s map is multiplied by this before places are given to the largest map; null: as it was trained, 0.3 where the classifier is a plain one.',
    ),
  absentClasses: z
    .enum(['masked', 'competing'])
    .default('masked')
    .describe(
      'masked: classes that are not labelled take no places, as in training. competing: they take places and give them to nobody, as the code infers.',
    ),
  epsilon: z
    .number()
    .min(0)
    .max(1)
    .default(1e-5)
    .describe('Added to each map’s maximum before dividing by it, so that a class that is nowhere stays 0.'),
})
export type SfcMapsOptions = z.output<typeof sfcMapsOptions>
