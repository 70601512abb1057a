import { setImmediate } from 'node:timers/promises'
import type { DatasetImage } from '../../../shared/contract/dataset'
import { addConfusion } from '../../../shared/metrics/confusion'
import { type RgbImage, sizeWithLongestSide } from '../../../shared/raster/size'
import type { LabelGrid } from '../../../shared/raster/labelsFromProbabilities'
import { prefetch } from '../../nn/prefetch'
import { readable } from '../../pool/readable'
import type { MethodContext } from '../context'
import type { SegmentationNetwork } from './network/segmentationNetwork'
import type { DeeplabOptions } from './options'
import { probabilitiesOf } from './probabilities'

export type PredictOptions = Pick<
  DeeplabOptions,
  'longestSide' | 'scales' | 'mirrored' | 'window' | 'crop' | 'merge' | 'knownLabels'
>

export interface UnreadablePhoto {
  readonly photo: string
  readonly reason: string
}

/**
 * Predicts photo after photo, read ahead of the engine in the pool, and hands each result to `take`, of which several may
 * be under way at once. A photo that cannot be read is left out and returned.
 */
export async function predictPhotos(
  network: SegmentationNetwork,
  images: readonly DatasetImage[],
  options: PredictOptions,
  context: Pick<MethodContext, 'pool' | 'signal' | 'checkpoint'>,
  take: (image: DatasetImage, grid: LabelGrid) => Promise<void>,
): Promise<readonly UnreadablePhoto[]> {
  const unreadable: UnreadablePhoto[] = []
  const { pool } = context
  const { longestSide, scales } = options
  const read = (index: number) => {
    const input = { path: images[index]!.path, longestSide, scales }
    return readable(pool.run('decodeScales', input, context.signal), context.signal)
  }
  const taken: Promise<void>[] = []
  try {
    let index = 0
    for await (const photo of prefetch(read, { from: 0, to: images.length, ahead: pool.threads + 1 })) {
      const image = images[index++]!
      await setImmediate()
      await context.checkpoint()
      if (photo.reason !== undefined) unreadable.push({ photo: image.stem, reason: photo.reason })
      else taken.push(take(image, predict(network, image, photo.value.images, options)))
      if (taken.length > pool.threads) await taken.shift()
    }
    await Promise.all(taken)
  } finally {
    await Promise.allSettled(taken)
  }
  return unreadable
}

function predict(
  network: SegmentationNetwork,
  image: DatasetImage,
  sizes: readonly RgbImage[],
  options: PredictOptions,
): LabelGrid {
  const allowed = options.knownLabels ? labelsOf(image) : null
  return probabilitiesOf(network, sizes, sizeWithLongestSide(image, options.longestSide), allowed, options)
}

/** Background and the classes that a photo is known to show; null where nobody has said: it may show any. */
function labelsOf({ labels, unlabelled }: DatasetImage): ReadonlySet<number> | null {
  return unlabelled ? null : new Set([0, ...labels.map(label => label + 1)])
}

/** Confusion of a network's predictions with the ground truth of photos that have some, `[labels, labels]`. */
export async function measure(
  network: SegmentationNetwork,
  images: readonly DatasetImage[],
  options: PredictOptions,
  context: MethodContext,
): Promise<Float64Array> {
  const total = new Float64Array(network.labels ** 2)
  const withTruth = images.filter(({ truth }) => truth !== undefined)
  await predictPhotos(network, withTruth, options, context, async (photo, grid) => {
    const { matrix } = await context.pool.run(
      'probabilityConfusion',
      { grid, photo, truth: photo.truth! },
      context.signal,
    )
    addConfusion(total, matrix)
  })
  return total
}
