import { z } from 'zod'
import { confidence, fieldOptions } from '../fieldOptions'

/** Every knob of the dense CRF that starts from masks instead of scores. */
export const maskFieldOptions = z.object({
  confidence: confidence
    .default(0.7)
    .describe('The probability that a pixel of a mask is right: the higher, the more of the mask stays.')
    .meta({ main: true }),
  undecided: z
    .enum(['decide', 'keep'])
    .default('decide')
    .describe('Pixels of no label (255): decide gives each the label that its neighbours pull it to, keep leaves them.')
    .meta({ main: true }),
  ...fieldOptions,
})
export type MaskFieldOptions = z.output<typeof maskFieldOptions>
