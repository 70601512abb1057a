import { createHash } from 'node:crypto'
import type { DatasetImage } from '../../../shared/contract/dataset'
import { heldOutCount } from '../../nn/heldOutCount'

export interface PhotoSplit {
  readonly training: readonly DatasetImage[]
  readonly heldOut: readonly DatasetImage[]
}

/**
 * Sets `share` of the photos apart, rounded to whole ones: those whose bytes hash lowest. The same photos are held out
 * whatever their order, their names and the seed of the run. One at least is left to train on.
 */
export function splitByHash(images: readonly DatasetImage[], share: number): PhotoSplit {
  const rank = (image: DatasetImage) => createHash('sha256').update(`held out ${image.sha256}`).digest('hex')
  const ranked = images.map(image => ({ id: image.id, rank: rank(image) }))
  ranked.sort((a, b) => (a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : a.id - b.id))
  const apart = new Set(ranked.slice(0, heldOutCount(images.length, share)).map(({ id }) => id))
  return {
    training: images.filter(({ id }) => !apart.has(id)),
    heldOut: images.filter(({ id }) => apart.has(id)),
  }
}
