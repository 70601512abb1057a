import { blobPath } from '../../artifacts/blobStore'
import { NanTally } from '../../artifacts/nanTally'
import { readScoreMaps, writeScoreMaps } from '../../artifacts/scoreMaps'
import type { MethodContext, StepResult } from '../context'
import { applyGain } from './gain'
import type { TemplateOptions } from './options'

/** Reads, computes, writes, reports; looks for cancel and pause once a photo; skips what an interrupted run made. */
export async function run({ gain }: TemplateOptions, context: MethodContext): Promise<StepResult> {
  const seeds = context.inputs.scores!.artifacts.filter(({ kind }) => kind === 'scores')
  const done = new Set(context.existing.map(({ imageId }) => imageId))
  const photoOf = new Map(context.dataset.images.map(({ id, stem }) => [id, stem]))
  const nans = new NanTally()
  let count = done.size
  for (const { imageId, blob: seed } of seeds.filter(artifact => !done.has(artifact.imageId))) {
    await context.checkpoint()
    const scores = await readScoreMaps(blobPath(context.blobFolder, seed))
    const { blob, nan } = await writeScoreMaps(context.blobFolder, { ...scores, maps: applyGain(scores.maps, gain) })
    nans.add(photoOf.get(imageId)!, nan)
    context.artifact({ imageId, kind: 'scores', blob })
    context.progress({ done: ++count, total: seeds.length, unit: 'photos', stage: 'gain' })
  }
  return { summary: { photos: count, ...nans.report(context.log) } }
}
