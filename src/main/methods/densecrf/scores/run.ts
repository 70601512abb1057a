import type { DatasetImage } from '../../../../shared/contract/dataset'
import { countOf } from '../../../../shared/text/amounts'
import { someNames } from '../../../../shared/text/someNames'
import { chooseThreshold, describeChoice } from '../../../pool/chooseThreshold'
import { forEachInPool } from '../../../pool/forEachInPool'
import { recount } from '../../../pool/recount'
import { scoredTruths, scorePaths } from '../../../pool/scoredPhotos'
import type { MethodContext, StepResult } from '../../context'
import { settingsOf } from '../settings'
import { evidenceOf } from './evidence'
import type { DenseCrfOptions } from './options'

/** Makes one label map a photo from its score maps and its colours. The pixels are worked in the CPU pool. */
export async function run(options: DenseCrfOptions, context: MethodContext): Promise<StepResult> {
  const { dataset, blobFolder } = context
  const scores = scorePaths(context.inputs.scores!.artifacts, blobFolder)
  const truths = scoredTruths(dataset.images, scores)
  const chosen = await chooseThreshold(options.threshold, truths, dataset.classes.length, context)
  context.log(describeChoice(chosen))
  context.metric('threshold', chosen.threshold)
  const made = { threshold: chosen.threshold, evidence: evidenceOf(options), settings: settingsOf(options) }
  const done = new Set(context.existing.map(({ imageId }) => imageId))
  const pending = dataset.images.filter(({ id }) => scores.has(id) && !done.has(id))
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
