import { trunkOf } from '../../backbones/trunkCost'
import type { StepWork, WorkFacts } from '../defineMethod'
import type { ClassifierOptions } from './options'

/** Fitting the head takes 0.03 s a photo beside its features; fine-tuning passes `epochs` times over the crops. */
export function classifierWork(options: ClassifierOptions, { photos, device }: WorkFacts): StepWork {
  const trunk = trunkOf(options, device)
  const base = trunk === undefined ? {} : { trunk }
  const { train, epochs, batch, bankDraws, crop, microBatch } = options
  if (train === 'head' || (train === 'auto' && device === 'cpu'))
    return { ...base, features: [{ scale: 1, copies: 1 }], otherSeconds: photos * 0.03 }
  const crops = epochs * Math.floor(photos / batch) * (batch + bankDraws)
  return {
    ...base,
    trainedMegapixels: (crops * crop ** 2) / 1e6,
    trainedAtOnce: Math.min(batch + bankDraws, microBatch) * crop ** 2,
    otherSeconds: 2,
  }
}
