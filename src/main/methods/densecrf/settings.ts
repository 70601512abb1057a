import type { CrfSettings } from '../../../shared/crf/crfSettings'
import type { FieldOptions } from './fieldOptions'

/** The options that say how the field is. */
export function settingsOf(options: FieldOptions): CrfSettings {
  const { iterations, spatialSigma, spatialWeight, bilateralSigmaXy, bilateralSigmaRgb, bilateralWeight } = options
  return {
    iterations,
    spatial: { sigma: spatialSigma, weight: spatialWeight },
    bilateral: { sigmaXy: bilateralSigmaXy, sigmaRgb: bilateralSigmaRgb, weight: bilateralWeight },
  }
}
