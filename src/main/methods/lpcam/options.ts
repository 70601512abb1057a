import { z } from 'zod'
import * as schemas from '../optionSchemas'

/** Every knob of LPCAM (Chen & Sun, CVPR 2023, arXiv:2303.10334). "code" is zhaozhengChen/LPCAM, where paper and code differ. */
export const lpcamOptions = z.object({
  clusters: z
    .number()
    .int()
    .min(1)
    .max(200)
    .default(12)
    .describe('K: centres a class, of its own features and of its context each. VOC 12, COCO 20.')
    .meta({ main: true }),
  tau: z
    .number()
    .min(0)
    .max(1)
    .default(0.2)
    .describe(
      'Features where the CAM is above this are the class, below it context. The code uses 0.1 (VOC) and 0.25 (COCO); 0.2 gave 2 to 3 points more on real photos at four scales.',
    )
    .meta({ main: true }),
  muForeground: z
    .number()
    .min(0)
    .max(1)
    .default(0.9)
    .describe('A centre of the class is kept when the classifier gives it more than this probability.'),
  muBackground: z
    .number()
    .min(0)
    .max(1)
    .default(0.9)
    .describe('A context centre is kept below this probability. VOC 0.9, COCO 0.5.'),
  muBackgroundLow: z
    .number()
    .min(0)
    .max(1)
    .default(0.05)
    .describe(
      '… and above this one: what the classifier gives to other classes is not subtracted (code only; the paper has 0).',
    ),
  mode: z
    .enum(['lpcam', 'lpcam-f'])
    .default('lpcam')
    .describe('lpcam-f leaves the context out: more of the object, and more around it.')
    .meta({ main: true }),
  scales: schemas.scales
    .default([1, 0.5, 1.5, 2])
    .describe('Input scales whose maps are averaged.')
    .meta({ main: true }),
  mirrored: z.boolean().default(true).describe('Adds the features of the mirror image, mirrored back.'),
  flipMerge: z
    .enum(['feature', 'map'])
    .default('feature')
    .describe('feature: features of photo and mirror are summed before the cosine (code); map: their maps are.'),
  relu: z
    .enum(['perScale', 'afterMerge'])
    .default('perScale')
    .describe('Negative scores become 0 at each scale (code) or once after the scales are merged (paper).'),
  aggregate: z.enum(['mean', 'max']).default('mean').describe('Over the cosines of one class’s centres.'),
  splitMask: z
    .enum(['highres-nearest', 'feature-cam'])
    .default('highres-nearest')
    .describe(
      'Which CAM splits the features: the seed step’s full-resolution map at the cells’ corners (code), or the one-scale CAM of the very features (paper).',
    ),
  tolerance: z
    .number()
    .min(0)
    .default(5)
    .describe('k-means stops when the squared sum of the centres’ shifts falls below this, in feature units (code).'),
  maxIterations: z
    .number()
    .int()
    .min(1)
    .max(10_000)
    .default(100)
    .describe('k-means stops here and keeps its best centres; the code has no cap and can run for ever.'),
  initialisation: z
    .enum(['random', 'kmeans++'])
    .default('random')
    .describe('First centres: rows drawn at random (code), or far apart by preference.'),
  restarts: z
    .number()
    .int()
    .min(1)
    .max(50)
    .default(1)
    .describe('k-means runs this often; the tightest result is kept.'),
  distance: z
    .enum(['cosine', 'euclidean'])
    .default('cosine')
    .describe('Of a feature to a centre. The paper measured 54.9 with cosine, 54.4 with Euclidean.'),
  update: z
    .enum(['mean', 'spherical'])
    .default('mean')
    .describe('A centre is the mean of its features as they are (code), or of their directions.'),
  emptyCluster: z
    .enum(['farthest', 'random', 'drop'])
    .default('farthest')
    .describe('What becomes of a centre that no feature chose: the code turns it into NaN.'),
  imagesPerClass: z
    .number()
    .int()
    .min(1)
    .nullable()
    .default(null)
    .describe(
      'Photos clustered a class, drawn without repetition; null: all. The COCO code draws 100, with repetition.',
    ),
  maxVectorsPerSet: z
    .number()
    .int()
    .min(100)
    .nullable()
    .default(50_000)
    .describe('Features clustered a set, drawn evenly; null: all, as the code does, which takes 10 GB for VOC.'),
  seed: z
    .number()
    .int()
    .min(0)
    .nullable()
    .default(null)
    .describe('Of the draws; null: the run’s seed. The COCO code uses 666, the VOC code none.'),
  prototypes: z
    .string()
    .regex(/^[1-9]\d*\/[^/\\]+$/, 'must be a run and a step, such as 3/lpcam')
    .refine(from => !/\/\.+$/.test(from), 'must name a step')
    .nullable()
    .default(null)
    .describe(
      'Takes the prototypes that a step of an earlier run found, as run/step (such as 3/lpcam), instead of clustering; it must have had the same classes and backbone. null: cluster.',
    ),
  drop: z
    .array(z.string().min(1))
    .default([])
    .describe(
      'Prototypes switched off by hand: cat/f3 is the third of class cat, cat/c1 the first of its context. The prototype inspector writes them.',
    ),
  keep: z
    .array(z.string().min(1))
    .default([])
    .describe('Prototypes switched on by hand, though their probability did not choose them; named as in drop.'),
})
export type LpcamOptions = z.output<typeof lpcamOptions>
