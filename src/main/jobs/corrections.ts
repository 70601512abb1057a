import { settledStates, type ReviewState } from '../../shared/contract/states'
import type { Project } from '../db/open'

/** What a person made of a photo's mask, or said of it. */
export interface Correction {
  readonly blob: string
  readonly review: ReviewState
}

/** By photo. */
export function correctionsOf(project: Project): ReadonlyMap<number, Correction> {
  return project.corrections.summaries()
}

/** Whether a person stands behind the mask. */
export function isCorrection({ review }: Correction): boolean {
  return settledStates.some(state => state === review)
}
