import { z } from 'zod'
import type { PhotoLabel } from './photos'
import type { PhotoLayers } from './seeds'
import type { ReviewState } from './states'
import type { StrokeJournal } from './strokeJournal'

/** The masks that are reviewed: the label maps of one step of a run. */
export const reviewSourceSchema = z.strictObject({ run: z.int().min(1), step: z.string().min(1).max(255) })
export type ReviewSource = z.output<typeof reviewSourceSchema>

/** A step whose masks can be reviewed, as a list shows it. */
export interface ReviewSourceRow extends ReviewSource {
  readonly runName: string
  readonly method: string
  /** Photos of which it has a mask. */
  readonly photos: number
}

/**
 * What a person says with one key. `accept` makes the state accepted, or edited where the mask was corrected by hand;
 * `clear` makes it unreviewed again.
 */
export const reviewDecisions = ['accept', 'reject', 'unsure', 'clear'] as const
export type ReviewDecision = (typeof reviewDecisions)[number]

/** The mask of one photo as it stands now. */
export interface ReviewMask {
  /** Hash name of the indexed PNG; null: nothing has been made yet, the mask is all background. */
  readonly blob: string | null
  /** 0: nothing was saved by hand; each saved or restored label map is one more. A save says which it began from. */
  readonly version: number
  readonly state: ReviewState
  /** Whether a person changed a pixel of it. In state `unreviewed` it is a draft. */
  readonly edited: boolean
  /** The run's mask that it began as; null: it was begun on an empty map. */
  readonly origin: MaskOrigin | null
  /** False: it was brought back from a version of unknown origin, and `origin` is that of the mask before. */
  readonly originKnown: boolean
}

/** A photo's mask as it stands, for lists that another window has changed. */
export interface ReviewStanding {
  readonly image: number
  readonly mask: ReviewMask
}

export interface MaskOrigin {
  /** Null: the run was deleted since. */
  readonly run: number | null
  readonly step: string
  /** Hash name of what the step had made. It stays, even when the run goes. */
  readonly blob: string
}

/** Whether two masks began as the same one; null: as an empty map. */
export function isSameOrigin(one: MaskOrigin | null, other: MaskOrigin | null): boolean {
  return one?.blob === other?.blob && one?.run === other?.run && one?.step === other?.step
}

/** Why a version was made: saved from the editor, restored from an earlier one, taken in from a file. */
export const versionReasons = ['saved', 'restored', 'imported'] as const
export type VersionReason = (typeof versionReasons)[number]

/** One saved label map of a photo. Blobs are never removed while a version names them. */
export interface MaskVersion {
  readonly version: number
  readonly blob: string
  readonly reason: VersionReason
  /** The version that was restored; null where none was. */
  readonly restored: number | null
  /** The run's mask that it was made from; null: an empty map. `unknown`: schemas before 8 did not keep it. */
  readonly origin: MaskOrigin | null | 'unknown'
  /** Milliseconds since 1970 UTC. */
  readonly createdAt: number
}

/** All that the editor needs of one photo, in one answer. */
export interface ReviewPhoto {
  /** The photo with its truth and what every run made for it. */
  readonly layers: PhotoLayers
  /** By place; a class that is not listed is absent. */
  readonly labels: readonly PhotoLabel[]
  /** Start of the photo's hash: its pictures' addresses carry it. */
  readonly hash: string
  readonly mask: ReviewMask
  readonly journal: StrokeJournal
  /** Newest first, the latest 100. */
  readonly versions: readonly MaskVersion[]
}

/** What the program answers when another window was first; the body of a 409. */
export interface ReviewConflict {
  readonly code: 'CONFLICT'
  readonly message: string
  /** What stands now. Its strokes since are in the journal. */
  readonly mask: ReviewMask
  readonly journal: StrokeJournal
}

/** A decision that was stored. */
export interface Decided {
  readonly image: number
  readonly mask: ReviewMask
  /** The state before, for the sentence that offers to take it back. */
  readonly before: ReviewState
}

/** What can be taken back next: one decision, or all of one rule. */
export interface ReviewUndo {
  readonly decision: ReviewDecision
  readonly photos: number
  /** Milliseconds since 1970 UTC. */
  readonly decidedAt: number
}

/** How the review goes. Photos are those of the filter. */
export interface ReviewProgress {
  readonly counts: Readonly<Record<ReviewState, number>>
  /** Of the unreviewed, those with a draft. */
  readonly drafts: number
  /** Masks a minute over the decisions of this sitting; null before there are three. */
  readonly perMinute: number | null
  /** Milliseconds until nothing is unreviewed at that pace; null where there is none. */
  readonly leftMs: number | null
  /** What `review.undo` takes back; null: nothing. */
  readonly undo: ReviewUndo | null
}
