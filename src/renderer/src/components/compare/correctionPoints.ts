import type { EvaluationSummary } from '../../../../shared/contract/evaluation'

/** What the masks of one step were worth with so many of them corrected by a person. */
export interface CorrectionPoint {
  readonly id: number
  /** Photos measured whose mask a person had changed. */
  readonly corrected: number
  /** 0 … 1 */
  readonly meanIou: number
  /** Milliseconds since 1970 UTC. */
  readonly createdAt: number
}

export interface CorrectionCurve {
  /** Oldest first. */
  readonly points: readonly CorrectionPoint[]
  /** Measurements with corrections of other photos, or against another truth: their figures say something else. */
  readonly unlike: number
}

type Measured = Pick<
  EvaluationSummary,
  | 'id'
  | 'run'
  | 'step'
  | 'truth'
  | 'masks'
  | 'images'
  | 'editedMasks'
  | 'meanIou'
  | 'createdAt'
  | 'photosHash'
  | 'truthHash'
>

type Focus = Pick<EvaluationSummary, 'run' | 'step' | 'photosHash' | 'truthHash'>

/**
 * How corrections have changed the figures of a step: every measurement of its masks, with and without corrections, on the
 * photos and the truth of `focus`. What is measured against corrections is left out: they would be measured by themselves.
 */
export function correctionCurve(measured: readonly Measured[], focus: Focus): CorrectionCurve {
  const ofStep = measured.filter(
    ({ run, step, truth }) => run === focus.run && step === focus.step && truth === undefined,
  )
  const like = ofStep.filter(
    ({ photosHash, truthHash }) => photosHash === focus.photosHash && truthHash === focus.truthHash,
  )
  const points = like.flatMap(({ id, images, editedMasks, meanIou, createdAt }) =>
    meanIou === null ? [] : [{ id, corrected: Math.round(images * editedMasks), meanIou, createdAt }],
  )
  const unlike = ofStep.filter(one => one.masks === 'corrected' && !like.includes(one)).length
  return { points: points.toSorted((a, b) => a.createdAt - b.createdAt), unlike }
}
