import type { TailPart } from '../metrics/longTail'
import type { LabelState } from './states'

/** How often a class occurs. */
export interface ClassStatistics {
  readonly place: number
  readonly name: string
  /** Photos in which it is present. */
  readonly photos: number
  /** Pixels of it in the ground truth; null where no photo has any. */
  readonly pixels: number | null
  readonly part: TailPart
}

/** The classes of a dataset or of one of its splits. */
export interface ClassTable {
  readonly photos: number
  /** Photos with ground truth. */
  readonly truths: number
  readonly classes: readonly ClassStatistics[]
  /** Of the photos a class, in [0, 1); null without labels. */
  readonly gini: number | null
}

/** Which classes are in the same photos. */
export interface CoOccurrence {
  /** C. */
  readonly classes: number
  /** `[C, C]` photos that show both; the photos of a class on the diagonal. */
  readonly photos: readonly number[]
}

/** What is odd about a dataset, in photos. */
export interface DatasetProblems {
  readonly unlabelled: number
  readonly duplicate: number
  readonly corrected: number
  /** Files that were looked for; null until they were. */
  readonly files: FileCheck | null
  /** Places of classes with fewer than `fewPhotos` photos. */
  readonly rareClasses: readonly { readonly place: number; readonly photos: number }[]
}

/** A class with fewer photos is hardly learnt and cannot be measured: one photo is a tenth of its figure. */
export const fewPhotos = 10

export interface FileCheck {
  /** ms since 1970. */
  readonly checkedAt: number
  readonly photos: number
  /** Files that are not there. */
  readonly missing: number
  /** Files of another size than when they were imported. */
  readonly changed: number
}

/** One class in some photos. */
export interface LabelSummary {
  readonly place: number
  readonly present: number
  readonly unknown: number
  readonly corrected: number
}

/** What undo or redo would do, for people. */
export interface LabelStep {
  readonly place: number
  /** What the label was set to; null: back to what was given. */
  readonly state: LabelState | null
  readonly photos: number
}

export interface LabelHistoryState {
  readonly undo: LabelStep | null
  readonly redo: LabelStep | null
}
