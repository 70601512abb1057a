import { NanTally } from '../../artifacts/nanTally'
import { chooseThreshold, describeChoice } from '../../pool/chooseThreshold'
import { forEachInPool } from '../../pool/forEachInPool'
import { recount } from '../../pool/recount'
import { scoredTruths, scorePaths } from '../../pool/scoredPhotos'
import type { MethodContext, StepResult } from '../context'
import type { ThresholdOptions } from './options'

/** Makes one label map a photo from its score maps. The pixels are worked in the CPU pool. */
export async function run(options: ThresholdOptions, context: MethodContext): Promise<StepResult> {
  const { dataset, blobFolder } = context
  const scores = scorePaths(context.inputs.scores!.artifacts, blobFolder)
  const truths = scoredTruths(dataset.images, scores)
  const chosen = await chooseThreshold(options.threshold, truths, dataset.classes.length, context)
  context.log(describeChoice(chosen))
  context.metric('threshold', chosen.threshold)
  const done = new Set(context.existing.map(({ imageId }) => imageId))
  const pending = dataset.images.filter(({ id }) => scores.has(id) && !done.has(id))
  const nans = new NanTally()
  await recount(context, 'labels', async ({ id, stem }) => {
    nans.add(stem, (await context.pool.run('scoreFacts', { path: scores.get(id)! }, context.signal)).nan)
  })
  await forEachInPool(context, pending, 'label maps', async image => {
    const input = { scores: scores.get(image.id)!, threshold: chosen.threshold, blobFolder }
    const made = await context.pool.run('labelMap', input, context.signal)
    nans.add(image.stem, made.nan)
    context.artifact({ imageId: image.id, kind: 'labels', blob: made.blob })
  })
  const withoutScores = dataset.images.length - scores.size
  return { summary: { ...chosen, photosWithoutScores: withoutScores, ...nans.report(context.log) } }
}
