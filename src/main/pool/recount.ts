import type { Dataset, DatasetImage } from '../../shared/contract/dataset'
import type { NanTally } from '../artifacts/nanTally'
import { blobPath } from '../artifacts/blobStore'
import { forEachInPool, type PoolWorkContext } from './forEachInPool'

/** What a resumed step knows of the maps that it made before it was interrupted. */
export interface RecountContext extends PoolWorkContext {
  readonly dataset: Dataset
  readonly blobFolder: string
  readonly signal: AbortSignal
  readonly existing: readonly { readonly imageId: number; readonly kind: string; readonly blob: string }[]
}

/**
 * Goes through the maps of one kind that the step made before it was interrupted, so that its summary and its log speak
 * of all photos and not of the rest alone: the maps themselves are the only record that no kill can tear.
 */
export async function recount(
  context: RecountContext,
  kind: 'labels' | 'scores',
  count: (image: DatasetImage, path: string) => Promise<void>,
): Promise<void> {
  const blobs = new Map(context.existing.filter(made => made.kind === kind).map(({ imageId, blob }) => [imageId, blob]))
  const made = context.dataset.images.filter(({ id }) => blobs.has(id))
  await forEachInPool(context, made, 'counting what was made before', image =>
    count(image, blobPath(context.blobFolder, blobs.get(image.id)!)),
  )
}

/** Adds the scores that were no number in the score maps made before. */
export function recountNan(nans: NanTally, context: RecountContext): Promise<void> {
  return recount(context, 'scores', async ({ stem }, path) => {
    nans.add(stem, (await context.pool.run('scoreFacts', { path }, context.signal)).nan)
  })
}
