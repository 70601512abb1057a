import type { DatasetImage } from '../../../shared/contract/dataset'
import { epochOrder } from '../../nn/augment'
import { EpochScores } from '../../nn/epochScores'
import type { MethodContext } from '../context'
import { heldOutCount } from '../../nn/heldOutCount'
import type { ClassifierNetwork } from './classifierNetwork'
import type { ClassifierOptions } from './options'

/** Sets a share of the photos apart, drawn from the seed; one at least is left to train on. */
export function splitPhotos(
  images: readonly DatasetImage[],
  share: number,
  seed: number,
): { readonly training: readonly DatasetImage[]; readonly heldOut: readonly DatasetImage[] } {
  const count = heldOutCount(images.length, share)
  const apart = new Set([...epochOrder(images.length, { seed, epoch: -2 })].slice(0, count))
  return {
    training: images.filter((_, i) => !apart.has(i)),
    heldOut: images.filter((_, i) => apart.has(i)),
  }
}

/** mAP on the photos held out, whole and at the size that maps are made at. */
export async function scoreHeldOut(
  network: ClassifierNetwork,
  images: readonly DatasetImage[],
  { longestSide }: ClassifierOptions,
  context: MethodContext,
  epoch: number,
): Promise<void> {
  const scores = new EpochScores(context.dataset.classes.length)
  for (const image of images) {
    await context.checkpoint()
    const { images: sizes } = await context.pool.run(
      'decodeScales',
      { path: image.path, longestSide, scales: [1] },
      context.signal,
    )
    const { data, height, width } = sizes[0]!
    const targets = Uint8Array.from(context.dataset.classes, (_, n) => (image.labels.includes(n) ? 1 : 0))
    scores.add(network.score(data, height, width), targets)
  }
  scores.report('mAP on held-out photos', context, epoch)
}
