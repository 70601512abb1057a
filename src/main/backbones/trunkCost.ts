import { z } from 'zod'
import type { TrunkWork } from '../methods/defineMethod'
import { backboneNames, type BackboneName } from './catalogue'

/**
 * Time of a pixel through each backbone as a multiple of EfficientNet-Lite0's on a CPU. Of the Lites by their papers'
 * operations; of the ResNets less than that ratio (11 and 20), since their plain convolutions run nearer to the peak.
 * Only until a first run on the machine has shown better.
 */
const costs: Readonly<Record<BackboneName, number>> = {
  'efficientnet-lite0': 1,
  'efficientnet-lite1': 1.6,
  'efficientnet-lite2': 2.2,
  resnet50: 5,
  resnet101: 9,
}

const classifierSchema = z.object({
  backbone: z.enum(backboneNames),
  weights: z.string().optional(),
  train: z.string(),
  longestSide: z.number().nullable(),
})

/** The backbone of a step that takes this classifier; undefined where it is none of ours. */
export function trunkOf(
  classifier: Readonly<Record<string, unknown>> | undefined,
  device: 'cpu' | 'gpu',
): TrunkWork | undefined {
  const parsed = classifierSchema.safeParse(classifier)
  if (!parsed.success) return undefined
  const { backbone, weights, train, longestSide } = parsed.data
  const isTrained = train === 'all' || (train === 'auto' && device === 'gpu')
  const identity = isTrained ? null : [backbone, weights ?? '', longestSide ?? 'whole'].join(' ')
  return { backbone, cost: costs[backbone], identity, longestSide }
}
