import { z } from 'zod'
import { microBatchSize } from '../../nn/microBatch'
import { networkOptions } from './networkOptions'
import { predictionOptions } from './predictionOptions'
import { learningOptions, sampleOptions } from './trainingOptions'

/** Every knob of the segmentation network. The defaults are sized for a CPU; presets carry the papers'. */
export const deeplabOptions = z
  .object({
    ...networkOptions,
    ...sampleOptions,
    ...learningOptions,
    ...predictionOptions,
  })
  .refine(({ steps, start }) => steps !== 0 || start !== undefined, {
    path: ['steps'],
    message: '≥ 1 without a network to predict with (start)',
  })
  .refine(({ truth, corrections }) => truth !== 'only' || corrections !== 'only', {
    path: ['corrections'],
    message: '"ignore" or "prefer" where truth is "only": one of them alone can be trained on',
  })
  .refine(options => options.batch >= fewestAtOnce(options), {
    path: ['batch'],
    message: '≥ 2: batch norms of this head need two photos at once',
  })
  .refine(options => options.microBatch >= fewestAtOnce(options), {
    path: ['microBatch'],
    message: '≥ 2: batch norms of this head need two photos at once',
  })
  .refine(isDivisible, {
    path: ['batch'],
    message: 'a number with a divisor from 2 to microBatch: parts of one size, of two photos or more',
  })
export type DeeplabOptions = z.output<typeof deeplabOptions>

/** Photos on the device at once that a head trains with: of its image's mean a batch norm gets one value a photo. */
export function fewestAtOnce({ head }: { readonly head: string }): number {
  return head === 'deeplabv2' ? 1 : 2
}

function isDivisible(options: { readonly head: string; readonly batch: number; readonly microBatch: number }): boolean {
  const { batch, microBatch } = options
  const fewest = fewestAtOnce(options)
  return microBatch < fewest || microBatchSize(batch, microBatch, fewest) <= microBatch
}
