import { trunkOf } from '../../backbones/trunkCost'
import type { StepWork, WorkFacts } from '../defineMethod'
import type { IrnOptions } from './options'

/** Seconds of the reference machine: branches and loss of 10⁶ pixels of crops, and walk and edges of a photo. */
const secondsAMegapixel = 0.7
const secondsAPhoto = 0.6

/** Every crop goes forward through the backbone, which counts as half of forward and back. */
export function irnWork(options: IrnOptions, { photos, device }: WorkFacts): StepWork {
  const { backbone, longestSide, epochs, crop, microBatch, displacement } = options
  const trunk = trunkOf({ backbone, train: 'head', longestSide }, device)
  const megapixels = (epochs * photos * crop ** 2) / 1e6
  return {
    ...(trunk === undefined ? {} : { trunk }),
    trainedMegapixels: megapixels / 2,
    trainedAtOnce: microBatch * crop ** 2,
    otherSeconds: photos * secondsAPhoto + megapixels * secondsAMegapixel * (displacement ? 3 : 1),
  }
}
