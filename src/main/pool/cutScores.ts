import type { DatasetImage } from '../../shared/contract/dataset'
import { chooseThreshold, type ChosenThreshold, describeChoice, type WantedThreshold } from './chooseThreshold'
import type { RecountContext } from './recount'
import { scoredTruths, scorePaths } from './scoredPhotos'

/** What a step is given that cuts score maps, and who hears of the threshold. */
export interface CutContext extends RecountContext {
  readonly inputs: { readonly scores?: { readonly artifacts: Parameters<typeof scorePaths>[0] } }
  readonly log: (line: string) => void
  readonly metric: (name: string, value: number) => void
}

/** What a step cuts at one threshold. */
export interface CutScores {
  /** Paths of the score maps, by photo. */
  readonly scores: ReadonlyMap<number, string>
  readonly chosen: ChosenThreshold
  /** Photos with score maps of which the step has made nothing yet. */
  readonly pending: readonly DatasetImage[]
}

/** Finds the score maps that a step takes and the threshold that it cuts them at, which its log and figures then tell. */
export async function cutScores(wanted: WantedThreshold, context: CutContext): Promise<CutScores> {
  const { images, classes } = context.dataset
  const scores = scorePaths(context.inputs.scores!.artifacts, context.blobFolder)
  const chosen = await chooseThreshold(wanted, scoredTruths(images, scores), classes.length, context)
  context.log(describeChoice(chosen))
  context.metric('threshold', chosen.threshold)
  const done = new Set(context.existing.map(({ imageId }) => imageId))
  return { scores, chosen, pending: images.filter(({ id }) => scores.has(id) && !done.has(id)) }
}
