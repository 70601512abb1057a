import type { ReviewSource } from './review'

/** What laying all corrections over one step's masks would do. */
export interface RebasePlan {
  /** The step whose masks are taken; null: there are no masks in this project. */
  readonly source: ReviewSource | null
  /** Corrected photos that began as another mask than the one that the step made. */
  readonly photos: number
  /** Corrected photos that began as the step's own mask: they stay as they are. */
  readonly already: number
  /** Corrected photos of which the step made no mask: they stay as they are. */
  readonly without: number
}

/** A corrected photo that stayed as it was. */
export interface NotRebased {
  readonly image: number
  readonly stem: string
  /** A sentence: strokes are not saved, a file is damaged … */
  readonly why: string
}

/** What was done. The masks from before are each photo's version below. */
export interface RebaseReport {
  readonly source: ReviewSource
  /** Photos whose corrections lie on the step's masks now, to be looked at again. */
  readonly rebased: number
  readonly left: readonly NotRebased[]
}
