import { z } from 'zod'
import type { ConfusionCell } from '../metrics/confusion'
import type { ScoreRules } from '../metrics/scoreRules'
import type { Scores } from '../metrics/scores'
import type { ImageFilter } from './imageFilter'

/**
 * What a figure calls true. ground_truth: masks that came with the photos. corrections: masks that a person accepted or
 * edited here. both: ground truth where a photo has some, else its correction.
 */
export const truthKinds = ['ground_truth', 'corrections', 'both'] as const
export type TruthKind = (typeof truthKinds)[number]

/** Which masks are measured. made: the step's own. corrected: a person's where there is one, else the step's. */
export const measuredMasks = ['made', 'corrected'] as const
export type MeasuredMasks = (typeof measuredMasks)[number]

/** The values that a step used to tell foreground from background, and how it came by them. */
export interface StepChoice {
  readonly step: string
  /** By option: `threshold`, or `foreground` and `background`. 0 … 1. */
  readonly values: Readonly<Record<string, number>>
  /** given: a person named them. truth: the best on ground truth. fixed: there was none to choose on. */
  readonly chosenOn: 'given' | 'truth' | 'fixed'
  /** Photos whose ground truth they were chosen on. */
  readonly photos: number
  /** Photos of the figure among those: they flatter it. */
  readonly measured: number
}

/** What a figure was measured on and how: without it, two figures cannot be compared. */
export interface FigureOrigin {
  readonly run: number
  readonly runName: string
  /** The step that the label maps or score maps are of. */
  readonly step: string
  readonly seed: number
  readonly split: string
  /** The photos of the split that were asked for; null: all of them. */
  readonly subset: ImageFilter | null
  /** Photos measured: those with a mask and with truth. */
  readonly images: number
  /** Hash of the photos measured, whatever their labels. */
  readonly photosHash: string
  /** Hash of the photos measured, their labels and the classes. */
  readonly datasetHash: string
  /** What was called true, and of how many photos that is a person's correction; left out: ground truth alone. */
  readonly truth?: { readonly kind: TruthKind; readonly corrected: number }
  /** Left out: the step's own masks. */
  readonly masks?: MeasuredMasks
  /** Hash of the truth measured against. */
  readonly truthHash: string
  /** Hash of the maps that were measured. */
  readonly mapsHash: string
  /** What becomes of void pixels. */
  readonly voidRule: string
  /** Share of the measured maps that a person corrected, 0 … 1. */
  readonly editedMasks: number
  /** How scores are made of counts. */
  readonly rules: ScoreRules
  /** Stems of photos that have truth and no mask, because a step made none or they were lost. */
  readonly withoutMask: readonly string[]
  /** Photos without ground truth: they are in no figure. */
  readonly withoutTruth: number
  /** Method of the step and of all it was made from, in the recipe's order. */
  readonly methods: Readonly<Record<string, string>>
  /** Options of the same steps. */
  readonly settings: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  /** What the step itself remembers: the threshold it chose, and on what. */
  readonly summary: Readonly<Record<string, unknown>>
  /** What the step and those that it was made from chose, in the recipe's order; left out by earlier versions. */
  readonly choices?: readonly StepChoice[]
}

/** Photos a class; background, which is in every photo, first. */
export interface ClassPhotos {
  /** Photos of the run's split that are labelled with the class: what the long tail is made of. */
  readonly labelled: readonly number[]
  /** Photos measured whose truth shows the class. */
  readonly withTruth: readonly number[]
}

/** Pixels of the boundaries of each label, background first: in both truth and mask, and in at least one. */
export interface BoundaryPixels {
  readonly intersection: readonly number[]
  readonly union: readonly number[]
}

/** Label maps of one step against the ground truth. */
export interface Evaluation extends FigureOrigin {
  /** Background first; `scores.perClass`, `photos` and the sides of `confusion` follow it. */
  readonly classes: readonly string[]
  readonly scores: Scores
  readonly photos: ClassPhotos
  /** What Boundary IoU is made of (`boundaryIou`); null: measured by an earlier version. */
  readonly boundary: BoundaryPixels | null
  /** `[(C + 1)²]` pixels, a row a true label, a column a predicted one. */
  readonly confusion: readonly number[]
}

/** An evaluation as the project keeps it. */
export interface StoredEvaluation extends Evaluation {
  readonly id: number
  /** Milliseconds since 1970 UTC. */
  readonly createdAt: number
}

/** An evaluation as it stands beside others: of its confusion only the cells that are not 0. */
export interface ComparedEvaluation extends Omit<StoredEvaluation, 'confusion'> {
  readonly cells: readonly ConfusionCell[]
}

/** What a list shows of an evaluation. */
export interface EvaluationSummary extends FigureOrigin {
  readonly id: number
  readonly createdAt: number
  /** 0 … 1, by the rules it was measured with. */
  readonly meanIou: number | null
}

/** Which mistakes photos are looked at for: all of them, those of one label, or one label taken for another. */
export const photoChoiceSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('all') }),
  z.strictObject({ kind: z.literal('label'), label: z.int().min(0).max(254) }),
  z.strictObject({ kind: z.literal('cell'), truth: z.int().min(0).max(254), predicted: z.int().min(0).max(254) }),
])
export type PhotoChoice = z.output<typeof photoChoiceSchema>

/**
 * pixels: most wrong pixels first; share: largest wrong share first; worse, better: by the change against the first;
 * differ: most pixels in which two masks differ (`differingPair`), whatever the truth is.
 */
export const photoOrders = ['pixels', 'share', 'worse', 'better', 'differ', 'name'] as const
export type PhotoOrder = (typeof photoOrders)[number]

/** Whose masks the order `differ` compares: the first one's with those that order, or with the last where it orders itself. */
export function differingPair(ids: readonly number[], by: number): { readonly first: number; readonly second: number } {
  const [first = by] = ids
  return { first, second: by === first ? (ids.at(-1) ?? by) : by }
}

/** One photo's part in one evaluation, for the mistakes that were chosen. */
export interface PhotoFigures {
  readonly evaluation: number
  /** Blob of the label map that was measured. */
  readonly map: string
  /** Pixels in error. */
  readonly wrong: number
  /**
   * What they are a share of: every scored pixel (all), truth and mask together (label: 1 − wrong / whole is its IoU),
   * or the true pixels of the class (cell). 0: the label is in neither truth nor mask.
   */
  readonly whole: number
}

/** A photo with what each of the compared evaluations did with it; null where one did not measure it. */
export interface MeasuredPhoto {
  readonly image: number
  readonly stem: string
  /** Pixels. */
  readonly width: number
  readonly height: number
  /** Blob of the ground truth. */
  readonly truth: string
  readonly figures: readonly (PhotoFigures | null)[]
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
