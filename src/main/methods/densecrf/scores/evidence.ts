import type { ScoreEvidence } from '../../../../shared/crf/scoreUnary'
import type { DenseCrfOptions } from './options'

/** The options that say what the field starts from. */
export function evidenceOf({ evidence, confidence, sharpness }: DenseCrfOptions): ScoreEvidence {
  return evidence === 'labels' ? { kind: 'labels', confidence } : { kind: 'scores', sharpness }
}
