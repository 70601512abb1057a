import { trunkOf } from '../../../backbones/trunkCost'
import type { FeaturePass, StepWork, WorkFacts } from '../../defineMethod'
import type { SfcOptions } from './options'

/**
 * Seconds of one sample through the head of a frozen backbone, by the clock of two processors: the side convolutions, and
 * what each further part adds.
 */
const headSeconds = { sides: 0.01, affinity: 0.013, halfSize: 0.006 }

/** Frozen: features once, then samples through the head; fine-tuned: crops at two sizes through the backbone. */
export function sfcWork(options: SfcOptions, { photos, device }: WorkFacts): StepWork {
  const trunk = trunkOf(options, device)
  const base = trunk === undefined ? {} : { trunk }
  const { train, batch, bankDraws, steps, epochs, crop, microBatch } = options
  const samples = batch + bankDraws
  if (train === 'head') {
    const sides = headSeconds.sides + (options.affinityHops > 0 ? headSeconds.affinity : 0)
    const sample = sides + (options.scaleLoss > 0 ? headSeconds.halfSize : 0)
    return { ...base, features: frozenPasses(options), otherSeconds: photos * 0.03 + steps * samples * sample }
  }
  const crops = epochs * Math.floor(photos / batch) * samples
  const sizes = options.scaleLoss > 0 ? 1.25 : 1
  return {
    ...base,
    trainedMegapixels: (crops * crop ** 2 * sizes) / 1e6,
    trainedAtOnce: Math.min(samples, microBatch) * crop ** 2 * sizes,
    otherSeconds: 2,
  }
}

/** What is computed of each photo before the first step. */
function frozenPasses({ mirrored, scaleLoss }: SfcOptions): readonly FeaturePass[] {
  const straight = { scale: 1, copies: 1 } as const
  return [
    straight,
    ...(mirrored ? [straight] : []),
    ...(scaleLoss > 0 ? [{ scale: 0.5, copies: mirrored ? 2 : 1 } as const] : []),
  ]
}
