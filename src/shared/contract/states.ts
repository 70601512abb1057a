/** What a run, one of its steps, or a job is doing. */
export const workStates = ['queued', 'running', 'paused', 'done', 'failed', 'cancelled'] as const
export type WorkState = (typeof workStates)[number]

/** States that nothing leaves by itself. */
export const finalStates = ['done', 'failed', 'cancelled'] as const satisfies readonly WorkState[]

/**
 * What is known about a class in a photo. Where something was said of the photo, a class without a word is `absent`; where
 * nothing was, nothing is known.
 */
export const labelStates = ['present', 'absent', 'unknown'] as const
export type LabelState = (typeof labelStates)[number]

export const maskKinds = ['ground_truth', 'pseudo', 'edited'] as const

/**
 * What a person has said of a photo's mask. accepted: it stands as it was made; edited: it stands as the person corrected
 * it; unsure: look again later.
 */
export const reviewStates = ['unreviewed', 'accepted', 'edited', 'rejected', 'unsure'] as const
export type ReviewState = (typeof reviewStates)[number]

/** States in which a mask is a person's word: what corrections are used for takes these. */
export const settledStates = ['accepted', 'edited'] as const satisfies readonly ReviewState[]

/** How far a job has come; `etaMs` is null while nobody can say. */
export interface JobProgress {
  readonly done: number
  readonly total: number
  /** What is counted: 'photos', 'steps' … */
  readonly unit: string
  readonly stage: string
  readonly etaMs: number | null
}

export function isFinal(state: WorkState): boolean {
  return (finalStates as readonly WorkState[]).includes(state)
}
