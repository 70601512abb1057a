import { NanTally } from '../../artifacts/nanTally'
import { cutScores } from '../../pool/cutScores'
import { forEachInPool } from '../../pool/forEachInPool'
import { recount } from '../../pool/recount'
import type { MethodContext, StepResult } from '../context'
import type { ThresholdOptions } from './options'

/** Makes one label map a photo from its score maps. The pixels are worked in the CPU pool. */
export async function run(options: ThresholdOptions, context: MethodContext): Promise<StepResult> {
  const { dataset, blobFolder } = context
  const { scores, chosen, pending } = await cutScores(options.threshold, context)
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
