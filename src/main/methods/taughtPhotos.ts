import type { DatasetImage } from '../../shared/contract/dataset'
import { someNames } from '../../shared/text/someNames'
import type { MethodContext } from './context'

/**
 * The photos that labels can teach: all but those of which nobody has said what they show. Such a photo has no class, as
 * one has that shows none, and would teach a network that what it does show is background. Those left out are named in
 * the log; they get maps and masks all the same.
 */
export function taughtPhotos(
  images: readonly DatasetImage[],
  { log }: Pick<MethodContext, 'log'>,
): readonly DatasetImage[] {
  const unlabelled = images.filter(image => image.unlabelled)
  if (unlabelled.length > 0)
    log(`left out of training, since nobody has said what they show: ${someNames(unlabelled.map(({ stem }) => stem))}`)
  return images.filter(image => !image.unlabelled)
}

/** A step that only trains, on the photos that labels can teach. */
export function onTaughtPhotos(context: MethodContext): MethodContext {
  const { dataset } = context
  return { ...context, dataset: { ...dataset, images: taughtPhotos(dataset.images, context) } }
}
