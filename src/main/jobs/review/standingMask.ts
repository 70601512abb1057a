import type { ReviewMask, ReviewSource } from '../../../shared/contract/review'
import { isEdited, isSettled, reviewMaskOf } from '../../db/correctionRepo'
import type { MaskStart } from '../../db/maskSource'
import type { Project } from '../../db/open'
import type { MaskRow } from '../../db/schema'

export interface StandingMask {
  readonly mask: ReviewMask
  /** What a stroke or a decision begins from; null: from the mask that the photo already has. */
  readonly start: MaskStart | null
}

/**
 * The mask of a photo as it stands: what a person painted or accepted; else what the step made. Another step's mask takes
 * the place of one that was only rejected or left in doubt.
 */
export function standingMask(project: Project, imageId: number, source: ReviewSource | undefined): StandingMask {
  const row = project.corrections.find(imageId)
  if (row !== undefined && isHeld(project, row)) return { mask: reviewMaskOf(row), start: null }
  const made = source && project.artifacts.find(source.run, source.step, 'labels', imageId)
  const [version, state] = [row?.version ?? 0, row?.review ?? 'unreviewed']
  if (source === undefined || made === undefined)
    return { mask: { blob: null, version, state, edited: false, origin: null, originKnown: true }, start: null }
  const origin = { run: source.run, step: source.step, blob: made.blob }
  const start = { blob: made.blob, source: { run: source.run, step: source.step } }
  return { mask: { blob: made.blob, version, state, edited: false, origin, originKnown: true }, start }
}

/** Whether a person made or accepted this mask, or has painted on it since. */
function isHeld(project: Project, row: MaskRow): boolean {
  return isEdited(row) || isSettled(row.review) || project.strokes.hasStrokes(row.imageId)
}
