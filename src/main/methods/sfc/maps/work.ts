import { trunkOf } from '../../../backbones/trunkCost'
import type { StepWork, WorkFacts } from '../../defineMethod'
import type { SfcMapsOptions } from './options'

/**
 * Beside the features, the maps of one scale take 0.05 s; the affinity of all places with all as long again. Prototypes of
 * all photos are found in a pass of their own at scale 1.
 */
export function sfcMapsWork(options: SfcMapsOptions, { photos, device, from }: WorkFacts): StepWork {
  const trunk = trunkOf(from.classifier, device)
  const { scales, mirrored, map } = options
  const hops = options.affinityHops ?? from.classifier?.['affinityHops'] ?? 0 // a plain classifier has none
  const passes = scales.length + (map === 'difference' ? 1 : 0)
  return {
    ...(trunk === undefined ? {} : { trunk }),
    features: scales.map(scale => ({ scale, copies: mirrored ? 2 : 1 })),
    otherSeconds: photos * passes * (hops === 0 ? 0.05 : 0.1),
  }
}
