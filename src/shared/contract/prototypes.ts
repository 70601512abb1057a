import type { PrototypeSide } from '../prototypes/prototypeId'

/** A patch of a photo that is like a prototype. */
export interface PrototypePatch {
  readonly image: number
  readonly stem: string
  /** Of the photo, in pixels; crops of another photo at the same place would be other bytes. */
  readonly photo: { readonly width: number; readonly height: number; readonly hash: string }
  /** The cell of the feature grid in pixels of the photo. */
  readonly box: readonly [x0: number, y0: number, x1: number, y1: number]
  /** −1 … 1 */
  readonly cosine: number
}

export interface Prototype {
  /** `f1`, `c3`: its side and its place, counted from 1. */
  readonly id: string
  readonly side: PrototypeSide
  /** Features that it is the centre of. */
  readonly count: number
  /** What the classifier gives to the class at it, 0 … 1; null for a centre that is no number and cannot be used. */
  readonly probability: number | null
  /** On in the step's maps. */
  readonly chosen: boolean
  /** Who switched it, where the probabilities did not: a person, by the recipe's `drop` or `keep`. */
  readonly switched: 'on' | 'off' | null
  /** Nearest first, at most one a photo. */
  readonly patches: readonly PrototypePatch[]
}

/** The prototypes of one class in one step. */
export interface ClassPrototypes {
  readonly run: number
  readonly step: string
  readonly className: string
  /** cam: no prototype of its own, the seed's map stands in; top1: none passed, the likeliest was taken. */
  readonly fallback: 'none' | 'cam' | 'top1'
  /** Photos clustered. */
  readonly photos: number
  readonly prototypes: readonly Prototype[]
  /** The run and step that the prototypes were taken from, where they were not clustered here. */
  readonly from: string | null
  /** What `drop` and `keep` of the recipe name already, of all classes. */
  readonly drop: readonly string[]
  readonly keep: readonly string[]
  /** The bounds that chose: its own above the first, its context's between the other two. */
  readonly bounds: { readonly foreground: number; readonly contextLow: number; readonly context: number }
  /** The step leaves context out of its maps (mode lpcam-f). */
  readonly withoutContext: boolean
}
