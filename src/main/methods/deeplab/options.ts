import { z } from 'zod'
import { networkOptions } from './networkOptions'
import { predictionOptions } from './predictionOptions'
import { learningOptions, sampleOptions } from './trainingOptions'

/** Every knob of the segmentation network. The defaults are sized for a CPU; presets carry the papers'. */
export const deeplabOptions = z.object({
  ...networkOptions,
  ...sampleOptions,
  ...learningOptions,
  ...predictionOptions,
})
export type DeeplabOptions = z.output<typeof deeplabOptions>
