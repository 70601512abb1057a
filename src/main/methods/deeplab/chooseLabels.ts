import type { DatasetImage } from '../../../shared/contract/dataset'
import { WorkbenchError } from '../../../shared/errors'
import { blobPath } from '../../artifacts/blobStore'
import type { MethodContext } from '../context'
import { taughtPhotos } from '../taughtPhotos'
import type { DeeplabOptions } from './options'

/** Whose word a label map is: ground truth, a person's who accepted or edited it, the recipe's. The first there is counts. */
export const labelSources = ['truth', 'correction', 'given'] as const
export type LabelSource = (typeof labelSources)[number]

/** A photo with a label map that it can be trained on. */
export interface ChosenLabels {
  readonly image: DatasetImage
  /** Path of a label map. */
  readonly labels: string
  readonly source: LabelSource
}

export type LabelOptions = Pick<DeeplabOptions, 'truth' | 'corrections'>
type LabelContext = Pick<MethodContext, 'inputs' | 'blobFolder'>

/** The map that each photo has by the options, where it has one. */
export function labelsByOptions(
  images: readonly DatasetImage[],
  { truth, corrections }: LabelOptions,
  context: LabelContext,
): readonly ChosenLabels[] {
  const isGivenUsed = truth !== 'only' && corrections !== 'only'
  const given = isGivenUsed ? givenLabels(context) : new Map<number, string>()
  const isCorrectionUsed = truth !== 'only' && corrections !== 'ignore'
  return images.flatMap((image): ChosenLabels[] => {
    const maps: Record<LabelSource, string | undefined> = {
      truth: truth === 'ignore' ? undefined : image.truth,
      correction: isCorrectionUsed ? image.correction : undefined,
      given: given.get(image.id),
    }
    const source = labelSources.find(each => maps[each] !== undefined)
    return source === undefined ? [] : [{ image, labels: maps[source]!, source }]
  })
}

/**
 * The maps that are trained on: those by the options, without the recipe's of photos that nobody labelled, who are named.
 * @throws BAD_INPUT where none is left, saying what is missing
 */
export function chooseLabels(
  images: readonly DatasetImage[],
  options: LabelOptions,
  context: LabelContext & Pick<MethodContext, 'log'>,
): readonly ChosenLabels[] {
  const found = labelsByOptions(images, options, context)
  const given = found.flatMap(({ image, source }) => (source === 'given' ? [image] : []))
  const taught = new Set(taughtPhotos(given, context))
  const chosen = found.filter(({ image, source }) => source !== 'given' || taught.has(image))
  if (chosen.length > 0) return chosen
  throw new WorkbenchError('BAD_INPUT', nothingToLearn(options, images.length, found.length))
}

/** Paths of the label maps that the recipe gives, by photo. */
function givenLabels({ inputs, blobFolder }: LabelContext): ReadonlyMap<number, string> {
  const maps = inputs.labels?.artifacts.filter(({ kind }) => kind === 'labels') ?? []
  return new Map(maps.map(({ imageId, blob }) => [imageId, blobPath(blobFolder, blob)]))
}

function nothingToLearn({ truth, corrections }: LabelOptions, photos: number, unlabelled: number): string {
  const none = `None of the ${photos} photos to train on has`
  if (truth === 'only') return `${none} ground truth: import masks, or set truth to ignore.`
  if (corrections === 'only')
    return `${none} a mask that a person accepted or edited: review some, or set corrections to prefer.`
  if (unlabelled > 0) return `${none} a label: set what they show, or import them with labels.`
  return `${none} a label map: the step that gives labels made none.`
}
