import { trunkOf } from '../../backbones/trunkCost'
import type { StepWork, WorkFacts } from '../defineMethod'
import type { CamOptions } from './options'

/** Beside the features, a map of one scale takes 0.03 s to make and keep. */
export function camWork({ scales, mirrored }: CamOptions, { photos, device, from }: WorkFacts): StepWork {
  const trunk = trunkOf(from.classifier, device)
  return {
    ...(trunk === undefined ? {} : { trunk }),
    features: scales.map(scale => ({ scale, copies: mirrored ? 2 : 1 })),
    otherSeconds: photos * scales.length * 0.03,
  }
}
