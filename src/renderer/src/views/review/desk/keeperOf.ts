import { api } from '../../../api/client'
import { sendMask, sendStroke, type ReviewedPhoto } from '../../../api/reviewBytes'
import type { PhotoKeeper } from './photoSaver'

/** The requests of one photo. */
export function keeperOf(photo: ReviewedPhoto): PhotoKeeper {
  const { project, image, source } = photo
  return {
    append: (delta, seen) => sendStroke(photo, seen, delta),
    moveTo: (position, seen) => api.review.moveTo.mutate({ project, image, position, ...seen }),
    save: (labels, seen, more) => sendMask(photo, seen, labels, more),
    decide: async decision => (await api.review.decide.mutate({ project, image, source, decision })).mask,
  }
}
