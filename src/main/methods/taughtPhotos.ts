import type { DatasetImage } from '../../shared/contract/dataset'
import { WorkbenchError } from '../../shared/errors'
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

/** A step that only trains, on the photos that labels can teach. @throws BAD_INPUT where there is none */
export function onTaughtPhotos(context: MethodContext): MethodContext {
  const { dataset } = context
  const images = taughtPhotos(dataset.images, context)
  if (images.length === 0) throw nobodySaid(dataset.images.length)
  return { ...context, dataset: { ...dataset, images } }
}

/** No photo can teach anything: more of them or a smaller batch would not help. */
export function nobodySaid(photos: number): WorkbenchError {
  return new WorkbenchError(
    'BAD_INPUT',
    `Nobody has said what any of the ${photos} photos shows: set their labels, also where a class is absent, or import ` +
      'them with labels.',
  )
}
