import type { ImageFilter } from '../../../shared/contract/imageFilter'
import { reviewStates, type ReviewState } from '../../../shared/contract/states'
import { isEdited } from '../../db/correctionRepo'
import type { Project } from '../../db/open'

export interface ReviewCounts {
  readonly counts: Readonly<Record<ReviewState, number>>
  /** Of the unreviewed, those in which a person changed a pixel. */
  readonly drafts: number
}

/** How many of the photos of a filter are in which state. */
export function reviewCounts(project: Project, filter: ImageFilter): ReviewCounts {
  const counts = Object.fromEntries(reviewStates.map(state => [state, 0])) as Record<ReviewState, number>
  const summaries = project.corrections.summaries()
  let drafts = 0
  for (const imageId of project.photos.ids(filter)) {
    const row = summaries.get(imageId)
    counts[row?.review ?? 'unreviewed']++
    if (row?.review === 'unreviewed' && isEdited(row)) drafts++
  }
  return { counts, drafts }
}
