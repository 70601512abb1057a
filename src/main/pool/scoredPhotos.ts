import type { DatasetImage } from '../../shared/contract/dataset'
import { blobPath } from '../artifacts/blobStore'
import type { ScoredTruth } from './chooseThreshold'

/** Paths of the score maps that a step recorded, by photo. */
export function scorePaths(
  artifacts: readonly { readonly imageId: number; readonly kind: string; readonly blob: string }[],
  blobFolder: string,
): ReadonlyMap<number, string> {
  const scores = artifacts.filter(({ kind }) => kind === 'scores')
  return new Map(scores.map(({ imageId, blob }) => [imageId, blobPath(blobFolder, blob)]))
}

/** The photos that have both scores and truth. @param scores of `scorePaths` */
export function scoredTruths(images: readonly DatasetImage[], scores: ReadonlyMap<number, string>): ScoredTruth[] {
  return images.flatMap(({ id, truth }) => {
    const path = scores.get(id)
    return truth !== undefined && path !== undefined ? [{ scores: path, truth }] : []
  })
}
