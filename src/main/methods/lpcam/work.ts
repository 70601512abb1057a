import { trunkOf } from '../../backbones/trunkCost'
import type { StepWork, WorkFacts } from '../defineMethod'
import type { LpcamOptions } from './options'

/** Beside the features: a map of one scale takes 0.033 s, the clusters of a class 0.1 s a centre. */
export function lpcamWork(options: LpcamOptions, { photos, classes, device, from }: WorkFacts): StepWork {
  const trunk = trunkOf(from.classifier, device)
  const { scales, mirrored, clusters, restarts } = options
  return {
    ...(trunk === undefined ? {} : { trunk }),
    features: scales.map(scale => ({ scale, copies: mirrored ? 2 : 1 })),
    otherSeconds: photos * scales.length * 0.033 + classes * clusters * restarts * 0.1,
  }
}
