import type { CrfSettings } from '../../../shared/crf/crfSettings'
import type { ScoreEvidence } from '../../../shared/crf/scoreUnary'
import type { DenseCrfOptions } from './options'

/** The options that say how the field is. */
export function settingsOf(options: DenseCrfOptions): CrfSettings {
  const { iterations, spatialSigma, spatialWeight, bilateralSigmaXy, bilateralSigmaRgb, bilateralWeight } = options
  return {
    iterations,
    spatial: { sigma: spatialSigma, weight: spatialWeight },
    bilateral: { sigmaXy: bilateralSigmaXy, sigmaRgb: bilateralSigmaRgb, weight: bilateralWeight },
  }
}

/** The options that say what it starts from. */
export function evidenceOf({ evidence, confidence, sharpness }: DenseCrfOptions): ScoreEvidence {
  return evidence === 'labels' ? { kind: 'labels', confidence } : { kind: 'scores', sharpness }
}
