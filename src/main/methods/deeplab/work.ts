import { trunkOf } from '../../backbones/trunkCost'
import type { StepWork, WorkFacts } from '../defineMethod'
import type { DeeplabOptions } from './options'

/** Beside the backbone: the head's part of a training step, and seconds of a photo's mask in the pool, with its CRF. */
const HEAD_SHARE = 1.4
const MASK_SECONDS = 0.03
const CRF_SECONDS = 0.5

/** A frozen stage is passed forward only, a third of the work. @returns share of a whole step's work */
function trainedShare({ frozenStages }: Pick<DeeplabOptions, 'frozenStages'>): number {
  return 1 - (2 / 3) * (frozenStages / 5)
}

/** Training passes `steps` times over a batch of crops; prediction once over every photo at every scale. */
export function deeplabWork(options: DeeplabOptions, { photos, device }: WorkFacts): StepWork {
  const { backbone, weights, longestSide, epochs, steps, batch, microBatch, crop, scales, mirrored } = options
  const trunk = trunkOf({ backbone, weights, longestSide, train: 'all' }, device)
  const trainingPhotos = photos * (1 - options.heldOut)
  const crops = steps === null ? epochs * trainingPhotos : steps * batch
  const scaleWork = options.multiScaleLoss ? 1.8 : 1
  const strideWork = (16 / options.stride) ** 2
  return {
    ...(trunk === undefined ? {} : { trunk }),
    features: scales.map(scale => ({ scale, copies: mirrored ? 2 : 1 })),
    trainedMegapixels: ((crops * crop ** 2) / 1e6) * HEAD_SHARE * scaleWork * strideWork * trainedShare(options),
    trainedAtOnce: Math.min(batch, microBatch) * crop ** 2 * scaleWork * strideWork,
    otherSeconds: photos * (MASK_SECONDS + (options.crf === 'none' ? 0 : CRF_SECONDS)),
  }
}
