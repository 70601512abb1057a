import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import type { Dataset, DatasetImage } from '../../shared/contract/dataset'
import type { KnownPhoto } from '../../shared/contract/import'
import { WorkbenchError } from '../../shared/errors'
import { datasetHash } from '../db/datasetOf'

/** A photo that is not any more what was imported. */
export interface LostPhoto {
  readonly stem: string
  readonly path: string
  readonly reason: 'deleted' | 'changed'
}

export interface CheckedDataset {
  /** The photos that are as they were; its hash is theirs. */
  readonly dataset: Dataset
  readonly lost: readonly LostPhoto[]
}

/** Files looked at together: enough to hide a network disk's latency. */
const together = 64

/**
 * Leaves out the photos that were deleted or changed since the import: size and time first, the content's hash where
 * these differ (a copied folder has new times).
 * @throws BAD_INPUT when none is left
 */
export async function checkPhotos(dataset: Dataset, known: ReadonlyMap<string, KnownPhoto>): Promise<CheckedDataset> {
  const lost: LostPhoto[] = []
  for (let start = 0; start < dataset.images.length; start += together) {
    const group = dataset.images.slice(start, start + together)
    const reasons = await Promise.all(group.map(image => whatHappened(image, known.get(image.stem))))
    for (const [i, { stem, path }] of group.entries()) {
      const reason = reasons[i]
      if (reason !== undefined) lost.push({ stem, path, reason })
    }
  }
  if (lost.length === 0) return { dataset, lost }
  const gone = new Set(lost.map(({ stem }) => stem))
  const images = dataset.images.filter(({ stem }) => !gone.has(stem))
  if (images.length === 0) throw allLost(lost)
  return { dataset: { ...dataset, images, hash: datasetHash(dataset.classes, images, dataset.split) }, lost }
}

/** What became of one photo since it was imported; undefined where it is as it was. */
export async function whatHappened(
  image: Pick<DatasetImage, 'path' | 'sha256'>,
  known: Pick<KnownPhoto, 'bytes' | 'mtimeMs'> | undefined,
): Promise<LostPhoto['reason'] | undefined> {
  const found = await stat(image.path).catch(() => undefined)
  if (found === undefined || !found.isFile()) return 'deleted'
  if (found.size !== known?.bytes) return 'changed'
  if (Math.trunc(found.mtimeMs) === Math.trunc(known.mtimeMs)) return undefined
  return (await hashOf(image.path)) === image.sha256 ? undefined : 'changed'
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}

function allLost(lost: readonly LostPhoto[]): WorkbenchError {
  const { path, reason } = lost[0]!
  return new WorkbenchError(
    'BAD_INPUT',
    `All ${lost.length} photos were deleted or changed since they were imported (${path}: ${reason}). ` +
      'Put them back, or import them again.',
  )
}
