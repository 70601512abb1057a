import { trunkOf } from '../../../backbones/trunkCost'
import type { StepWork, WorkFacts } from '../../defineMethod'
import type { SfcMapsOptions } from './options'

/** Beside the features, the maps of one scale take 0.05 s; the affinity of all places with all as long again. */
export function sfcMapsWork(options: SfcMapsOptions, { photos, device, from }: WorkFacts): StepWork {
  const trunk = trunkOf(from.classifier, device)
  const { scales, mirrored, affinityHops } = options
  return {
    ...(trunk === undefined ? {} : { trunk }),
    features: scales.map(scale => ({ scale, copies: mirrored ? 2 : 1 })),
    otherSeconds: photos * scales.length * (affinityHops === 0 ? 0.05 : 0.1),
  }
}
