import type { DatasetImage } from '../../../shared/contract/dataset'
import { drawCrop, epochOrder } from '../../nn/augment'
import type { BatchPosition } from '../../nn/trainLoop'
import type { PoolClient } from '../../pool/poolClient'
import type { PhotoBatch } from './classifierNetwork'
import type { ClassifierOptions } from './options'

export interface BatchSource {
  readonly images: readonly DatasetImage[]
  readonly classes: number
  readonly seed: number
  readonly microBatch: number
  readonly stepsPerEpoch: number
  readonly options: Pick<ClassifierOptions, 'batch' | 'crop' | 'resizeLong'>
  readonly pool: PoolClient
  readonly signal: AbortSignal
}

/**
 * Makes one micro-batch: its photos by the epoch's shuffled order, each resized, mirrored and cropped by its own draw.
 * Depends on the position and the seed alone.
 */
export async function makeBatch(source: BatchSource, { step, part }: BatchPosition): Promise<PhotoBatch> {
  const { images, classes, seed, microBatch, stepsPerEpoch, options, pool, signal } = source
  const epoch = Math.floor(step / stepsPerEpoch)
  const order = epochOrder(images.length, { seed, epoch })
  const first = (step % stepsPerEpoch) * options.batch + part * microBatch
  const side = options.crop
  const pixels = new Uint8Array(microBatch * side * side * 3)
  const mask = new Uint8Array(microBatch * side * side)
  const targets = new Uint8Array(microBatch * classes)
  const [minimumLongSide, maximumLongSide] = options.resizeLong
  await Promise.all(
    Array.from({ length: microBatch }, async (_, i) => {
      const image = images[order[first + i]!]!
      for (const label of image.labels) targets[i * classes + label] = 1
      const crop = { minimumLongSide, maximumLongSide, cropSize: side }
      const plan = drawCrop(image, crop, { seed, epoch, photo: image.id })
      const { data, valid } = await pool.run('trainCrop', { path: image.path, plan, crop: side }, signal)
      pixels.set(data, i * side * side * 3)
      for (let y = valid.y0; y < valid.y1; y++)
        mask.fill(1, (i * side + y) * side + valid.x0, (i * side + y) * side + valid.x1)
    }),
  )
  return { pixels, mask, targets, count: microBatch, side }
}

/** The largest divisor of the batch that is at most `wanted`: micro-batches of one size whose gradients add up. */
export function microBatchSize(batch: number, wanted: number): number {
  for (let size = Math.min(batch, Math.max(1, Math.floor(wanted))); size > 1; size--)
    if (batch % size === 0) return size
  return 1
}
