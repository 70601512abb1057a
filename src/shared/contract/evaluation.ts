import type { Scores } from '../metrics/scores'

/** What a figure was measured on and how: without it, two figures cannot be compared. */
export interface FigureOrigin {
  readonly run: number
  readonly runName: string
  /** The step that the label maps or score maps are of. */
  readonly step: string
  readonly seed: number
  readonly split: string
  /** Photos measured: those with a mask and with truth. */
  readonly images: number
  /** Hash of the photos measured, their labels and the classes. */
  readonly datasetHash: string
  /** Stems of photos that have truth and no mask, because a step made none or they were lost. */
  readonly withoutMask: readonly string[]
  /** Photos without ground truth: they are in no figure. */
  readonly withoutTruth: number
  /** Options of the step and of all it was made from. */
  readonly settings: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  /** What the step itself remembers: the threshold it chose, and on what. */
  readonly summary: Readonly<Record<string, unknown>>
}

/** Label maps of one step against the ground truth. */
export interface Evaluation extends FigureOrigin {
  /** Background first; `scores.perClass` and the sides of `confusion` follow it. */
  readonly classes: readonly string[]
  readonly scores: Scores
  /** `[(C + 1)²]` pixels, a row a true label, a column a predicted one. */
  readonly confusion: readonly number[]
}

export interface SweepRow {
  readonly threshold: number
  readonly meanIou: number | null
  /** Background first. */
  readonly iou: readonly (number | null)[]
  readonly falsePositive: number | null
  readonly falseNegative: number | null
}

/** Score maps of one step against the ground truth, at every threshold from 0.00 to 1.00. */
export interface ThresholdSweep extends FigureOrigin {
  readonly classes: readonly string[]
  readonly curve: readonly SweepRow[]
  readonly best: SweepRow
}
