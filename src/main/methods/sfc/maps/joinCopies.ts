import { joinTaps } from '../../../backbones/joinTaps'
import type { StoredTaps } from '../../../backbones/tapFeatures'

/**
 * The inputs of every scale as one: photo and mirror image that were kept apart become a pair.
 * @param stored in the order of `scales`, one or two a scale
 */
export function joinCopies(stored: readonly StoredTaps[], scales: readonly number[]): readonly StoredTaps[] {
  const each = [...stored]
  const apart = stored.length - scales.length // one scale at most is kept apart
  return scales.map(scale => joinTaps(each.splice(0, scale === 1 && apart > 0 ? 2 : 1)))
}
