import type { DatasetImage } from '../../../../shared/contract/dataset'
import { VOID } from '../../../../shared/raster/palette'
import { countOf } from '../../../../shared/text/amounts'
import { someNames } from '../../../../shared/text/someNames'
import { blobPath } from '../../../artifacts/blobStore'
import { forEachInPool } from '../../../pool/forEachInPool'
import { recount } from '../../../pool/recount'
import type { MethodContext, StepResult } from '../../context'
import { settingsOf } from '../settings'
import type { MaskFieldOptions } from './options'

/** Draws the masks of an earlier step to the edges of their photos. The pixels are worked in the CPU pool. */
export async function run(options: MaskFieldOptions, context: MethodContext): Promise<StepResult> {
  const { dataset, blobFolder, pool, signal } = context
  const given = context.inputs.labels!.artifacts.filter(({ kind }) => kind === 'labels')
  const masks = new Map(given.map(({ imageId, blob }) => [imageId, blobPath(blobFolder, blob)]))
  const done = new Set(context.existing.map(({ imageId }) => imageId))
  const pending = dataset.images.filter(({ id }) => masks.has(id) && !done.has(id))
  const poorer: string[] = []
  const note = ({ stem }: DatasetImage, before: ArrayLike<number>, after: ArrayLike<number>) => {
    if (losesClass(before, after)) poorer.push(stem)
  }
  await recount(context, 'labels', async (image, path) => {
    const countsOf = async (path: string) => (await pool.run('labelCounts', { path }, signal)).counts
    note(image, await countsOf(masks.get(image.id)!), await countsOf(path))
  })
  const { confidence, longestSide } = options
  const made = { confidence, longestSide, keepVoid: options.undecided === 'keep', settings: settingsOf(options) }
  await forEachInPool(context, pending, 'dense CRF on masks', async image => {
    const input = { photo: image.path, mask: masks.get(image.id)!, ...made, blobFolder }
    const { blob, before, after } = await pool.run('crfOfMask', input, signal)
    note(image, before, after)
    context.artifact({ imageId: image.id, kind: 'labels', blob })
  })
  if (poorer.length > 0) context.log(lostClasses(poorer.sort()))
  return { summary: { photosWithoutMask: dataset.images.length - masks.size, photosThatLostAClass: poorer.length } }
}

function losesClass(before: ArrayLike<number>, after: ArrayLike<number>): boolean {
  return Array.from(before).some((pixels, label) => label > 0 && label < VOID && pixels > 0 && !after[label])
}

function lostClasses(stems: readonly string[]): string {
  return `${countOf(stems.length, 'photo')} lost a class whole (${someNames(stems)}): its pixels were too few beside their neighbours; raise confidence, or lower bilateralWeight and spatialWeight.`
}
