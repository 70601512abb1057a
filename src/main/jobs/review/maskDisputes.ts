import { WorkbenchError } from '../../../shared/errors'
import type { MaskDispute } from '../../../shared/metrics/maskDispute'
import { blobPath } from '../../artifacts/blobStore'
import type { Project } from '../../db/open'
import { forEachInPool, type PoolWorkContext } from '../../pool/forEachInPool'
import type { HashedResult } from '../resultStore'
import { blobsOf, measurementHash, type Measured } from './measureSignals'
import type { FoundSource } from './sources'

/** Two masks of each of some photos, by the hash names of their blobs. */
export interface PlannedDisputes extends HashedResult {
  readonly photos: readonly { readonly image: number; readonly first: string; readonly second: string }[]
}

type Masks = Iterable<readonly [image: number, blob: string]>

/** The masks of two steps. @throws BAD_INPUT where the two have no photo in common */
export function planDisputes(project: Project, source: FoundSource, against: FoundSource): PlannedDisputes {
  const planned = paired(blobsOf(project, source, 'labels'), blobsOf(project, against, 'labels'))
  if (planned.photos.length > 0) return planned
  throw new WorkbenchError(
    'BAD_INPUT',
    `"${source.step}" of run ${source.run} and "${against.step}" of run ${against.run} have no photo in common: ` +
      'compare runs of the same photos.',
  )
}

/** The masks that two evaluations measured; of photos that only one of them did, nothing. */
export function planMeasuredDisputes(project: Project, first: number, second: number): PlannedDisputes {
  return paired(project.evaluations.maps(first), project.evaluations.maps(second))
}

/** Reads both masks of every photo once, in the pool. */
export async function measureDisputes(
  project: Project,
  { hash, photos }: PlannedDisputes,
  work: PoolWorkContext,
): Promise<Measured<MaskDispute>> {
  const path = (blob: string) => blobPath(project.blobFolder, blob)
  const measured: [number, MaskDispute][] = []
  await forEachInPool(work, photos, 'comparing masks', async ({ image, first, second }) => {
    measured.push([image, await work.pool.run('maskDispute', { first: path(first), second: path(second) })])
  })
  return { hash, photos: measured }
}

function paired(first: Masks, second: Masks): PlannedDisputes {
  const others = new Map(second)
  const photos = [...first].flatMap(([image, blob]) => {
    const other = others.get(image)
    return other === undefined ? [] : [{ image, first: blob, second: other }]
  })
  return { photos, hash: measurementHash('disputes', 0, photos) }
}
