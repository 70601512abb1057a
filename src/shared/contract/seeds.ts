import type { WorkState } from './states'

/** What one step of a run has made for one photo. */
export type StepLayer =
  | {
      readonly kind: 'scores'
      readonly step: string
      readonly method: string
      /** Hash name of the score maps. */
      readonly blob: string
      /** The step that made masks of these maps and the threshold that it used; null where there is none yet. */
      readonly masks: { readonly step: string; readonly threshold: number } | null
    }
  | {
      readonly kind: 'labels'
      readonly step: string
      readonly method: string
      /** Hash name of the indexed PNG. */
      readonly blob: string
      /** The step whose scores it was made from. */
      readonly from: string | null
    }
  | {
      /** Where a method saw classes end. */
      readonly kind: 'edges'
      readonly step: string
      readonly method: string
      /** Hash name of the edge map. */
      readonly blob: string
    }

export interface RunLayers {
  readonly id: number
  readonly name: string
  readonly state: WorkState
  /** In the recipe's order; only steps that have something for the photo. */
  readonly steps: readonly StepLayer[]
}

/** All that can be laid over one photo. */
export interface PhotoLayers {
  readonly image: {
    readonly id: number
    readonly stem: string
    /** Pixels after EXIF orientation. */
    readonly width: number
    readonly height: number
    readonly split: string
    /** Places of the classes that are present, ascending. */
    readonly present: readonly number[]
  }
  /** Hash name of the ground truth's indexed PNG. */
  readonly truth: string | null
  /** Runs that have something for the photo, newest first. */
  readonly runs: readonly RunLayers[]
  /** Older runs that are left out. */
  readonly olderRuns: number
}
