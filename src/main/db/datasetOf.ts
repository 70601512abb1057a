import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { Dataset, DatasetImage } from '../../shared/contract/dataset'
import type { CorrectionRepo } from './correctionRepo'
import type { ClassRepo } from './classRepo'
import type { ImageRepo } from './imageRepo'
import type { LabelRepo } from './labelRepo'
import type { MaskRepo } from './maskRepo'
import { absolutePath } from './storedPath'

/** A dataset of all photos has this in place of a split's name. */
export const ALL_SPLITS = 'all'

interface Sources {
  readonly folder: string
  readonly blobFolder: string
  readonly classes: ClassRepo
  readonly images: ImageRepo
  readonly labels: LabelRepo
  readonly masks: MaskRepo
  readonly corrections: CorrectionRepo
}

/** The photos of a split, or all of them, as a run sees them: ordered by stem, so that no order of import matters. */
export function datasetOf(sources: Sources, split?: string): Dataset {
  const classes = sources.classes.names()
  const labels = sources.labels.presentPlaces(split)
  const unlabelled = new Set(sources.labels.unlabelled(split).map(({ id }) => id))
  const truths = sources.masks.truthBlobs(split)
  const corrections = sources.corrections.settledBlobs()
  const path = (blob: string) => join(sources.blobFolder, blob.slice(0, 2), blob)
  const images = sources.images.all(split).map((row): DatasetImage => {
    const truth = truths.get(row.id)
    const correction = corrections.get(row.id)
    return {
      id: row.id,
      stem: row.stem,
      path: absolutePath(sources.folder, row.path),
      width: row.width,
      height: row.height,
      labels: labels.get(row.id) ?? [],
      sha256: row.sha256,
      ...(unlabelled.has(row.id) ? { unlabelled: true } : {}),
      ...(truth === undefined ? {} : { truth: path(truth) }),
      ...(correction === undefined ? {} : { correction: path(correction) }),
    }
  })
  images.sort((left, right) => (left.stem < right.stem ? -1 : 1))
  const name = split ?? ALL_SPLITS
  return { classes, images, split: name, hash: datasetHash(classes, images, name) }
}

/** SHA-256 over classes, photos, labels and split: figures may be compared only when it is the same. Stems by code unit. */
export function datasetHash(
  classes: readonly string[],
  images: readonly Pick<DatasetImage, 'stem' | 'sha256' | 'labels' | 'unlabelled'>[],
  split: string,
): string {
  const hash = createHash('sha256').update(JSON.stringify({ classes, split }))
  for (const { stem, sha256, labels, unlabelled } of images)
    hash.update(JSON.stringify([stem, sha256, unlabelled ? null : labels]))
  return hash.digest('hex')
}
