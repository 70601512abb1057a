import { z } from 'zod'

/** How photos are predicted, once it is trained. */
export const predictionOptions = {
  scales: z
    .array(z.number().min(0.1).max(4))
    .min(1)
    .max(8)
    .default([0.75, 1, 1.25])
    .describe('A photo is predicted at these factors of its size; the logits are merged.'),
  mirrored: z.boolean().default(true).describe('Each scale also mirrored, the mean of both.'),
  merge: z
    .enum(['mean', 'max'])
    .default('mean')
    .describe('Logits of the scales: their mean, or the largest a class (DeepLabV2’s own test).'),
  window: z
    .enum(['whole', 'sliding'])
    .default('whole')
    .describe('whole: a scale in one piece. sliding: in windows of the crop’s size that overlap by a third.'),
  crf: z
    .enum(['none', 'deeplab', 'wide'])
    .default('deeplab')
    .describe(
      'A dense CRF that draws the borders to the photo’s edges. deeplab: the settings of its papers. wide: SeCo’s, which reach farther. none: half a second a photo less.',
    )
    .meta({ main: true }),
  knownLabels: z
    .boolean()
    .default(false)
    .describe(
      'A photo gets only classes that its labels name; one that nobody labelled may get any. Better masks of labelled photos; no measure of what the network knows.',
    )
    .meta({ main: true }),
}
