import type { DatasetImage } from '../../../../shared/contract/dataset'
import { countOf } from '../../../../shared/text/amounts'
import { someNames } from '../../../../shared/text/someNames'
import { cutScores } from '../../../pool/cutScores'
import { forEachInPool } from '../../../pool/forEachInPool'
import { recount } from '../../../pool/recount'
import type { MethodContext, StepResult } from '../../context'
import { settingsOf } from '../settings'
import { evidenceOf } from './evidence'
import type { DenseCrfOptions } from './options'

/** Makes one label map a photo from its score maps and its colours. The pixels are worked in the CPU pool. */
export async function run(options: DenseCrfOptions, context: MethodContext): Promise<StepResult> {
  const { dataset, blobFolder } = context
  const { scores, chosen, pending } = await cutScores(options.threshold, context)
  const made = { threshold: chosen.threshold, evidence: evidenceOf(options), settings: settingsOf(options) }
  const empty: string[] = []
  const note = ({ stem, labels }: DatasetImage, pixels: ArrayLike<number>) => {
    if (labels.length > 0 && Array.from(pixels).every((count, label) => label === 0 || count === 0)) empty.push(stem)
  }
  await recount(context, 'labels', async (image, path) => {
    note(image, (await context.pool.run('labelCounts', { path }, context.signal)).counts)
  })
  await forEachInPool(context, pending, 'dense CRF', async image => {
    const { id, path } = image
    const input = { photo: path, scores: scores.get(id)!, ...made, longestSide: options.longestSide, blobFolder }
    const { blob, pixels } = await context.pool.run('crfMask', input, context.signal)
    note(image, pixels)
    context.artifact({ imageId: id, kind: 'labels', blob })
  })
  if (empty.length > 0) context.log(emptyMasks(empty.sort(), chosen.threshold))
  return { summary: { ...chosen, photosWithoutScores: dataset.images.length - scores.size } }
}

function emptyMasks(stems: readonly string[], threshold: number): string {
  return `${countOf(stems.length, 'labelled photo')} came out as background alone (${someNames(stems)}): no class survives at threshold ${threshold.toFixed(2)}; lower it, or raise confidence.`
}
