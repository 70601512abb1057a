import type { ProxyPoint } from '../metrics/proxies'
import type { TruthKind } from './evaluation'
import type { ImageFilter } from './imageFilter'

/** Figures of a subset at one threshold. */
export interface SubsetSweepRow {
  readonly threshold: number
  /** Over background and classes; 0 … 1. */
  readonly meanIou: number | null
  /** Means over the classes without background, as IoU + FP + FN = 1 of each. */
  readonly falsePositive: number | null
  readonly falseNegative: number | null
  /** Background first, 0 … 1; null where a class is in neither truth nor mask. */
  readonly iou: readonly (number | null)[]
  readonly falsePositives: readonly (number | null)[]
  readonly falseNegatives: readonly (number | null)[]
}

/** What a step's score maps give at every threshold, on the photos that a filter means. */
export interface SubsetSweep {
  readonly run: number
  readonly runName: string
  readonly step: string
  /** The split that the run was made on. */
  readonly split: string
  readonly subset: ImageFilter
  /** What is called true. */
  readonly truth: TruthKind
  /** Photos that the filter means, those of them with maps, and those with maps and truth. */
  readonly asked: number
  readonly photos: number
  readonly withTruth: number
  /** SHA-256 over maps, labels and truth of the photos: another hash is another measurement. */
  readonly hash: string
  /** Background first. */
  readonly classes: readonly string[]
  /** 101 rows; none where no photo has truth. */
  readonly curve: readonly SubsetSweepRow[]
  /** 101 rows, over all photos with maps. */
  readonly proxies: readonly ProxyPoint[]
  /** The step that cuts these maps at a threshold, and where it cut them; null where the recipe has none. */
  readonly thresholdStep: { readonly name: string; readonly used: number | null } | null
  /** Seconds it took to measure. */
  readonly seconds: number
}
