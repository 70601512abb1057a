import type { DatasetImage } from '../../../shared/contract/dataset'
import type { Rectangle } from '../../../shared/geometry/rectangle'
import { sizeWithLongestSide } from '../../../shared/raster/size'
import { drawScaledCrop, epochOrder } from '../../nn/augment'
import type { BatchPosition } from '../../nn/trainLoop'
import type { PoolClient } from '../../pool/poolClient'
import type { LabelledCrops } from './irNetwork'
import type { IrnOptions } from './options'
import { EDGE_STRIDE } from './sideTaps'

/** A photo and the path of what is sure in it. */
export interface LabelledPhoto extends DatasetImage {
  readonly labelMap: string
}

export interface CropSource {
  readonly photos: readonly LabelledPhoto[]
  readonly classes: number
  readonly seed: number
  readonly microBatch: number
  readonly stepsPerEpoch: number
  readonly options: Pick<IrnOptions, 'batch' | 'crop' | 'scales' | 'longestSide'>
  readonly pool: PoolClient
  readonly signal: AbortSignal
}

/**
 * Makes one micro-batch: its photos by the epoch's shuffled order, each resized, mirrored and cropped by its own draw,
 * and the labels with it. Depends on the position and the seed alone.
 */
export async function makeCrops(source: CropSource, { step, part }: BatchPosition): Promise<LabelledCrops> {
  const { photos, seed, microBatch, stepsPerEpoch, options } = source
  const epoch = Math.floor(step / stepsPerEpoch)
  const order = epochOrder(photos.length, { seed, epoch })
  const first = (step % stepsPerEpoch) * options.batch + part * microBatch
  const side = options.crop
  const cells = Math.ceil(side / EDGE_STRIDE)
  const pixels = new Uint8Array(microBatch * side * side * 3)
  const mask = new Uint8Array(microBatch * side * side)
  const labels = new Uint8Array(microBatch * cells * cells)
  await Promise.all(
    Array.from({ length: microBatch }, async (_, i) => {
      const made = await makeCrop(source, photos[order[first + i]!]!, epoch)
      pixels.set(made.data, i * side * side * 3)
      labels.set(made.labels, i * cells * cells)
      mask.set(maskOf(made.valid, side), i * side * side)
    }),
  )
  return { pixels, mask, labels, count: microBatch, side }
}

/** `[side, side]`, 1 where there is photo. */
export function maskOf({ x0, x1, y0, y1 }: Rectangle, side: number): Uint8Array {
  const mask = new Uint8Array(side * side)
  for (let y = y0; y < y1; y++) mask.fill(1, y * side + x0, y * side + x1)
  return mask
}

async function makeCrop({ options, classes, seed, pool, signal }: CropSource, photo: LabelledPhoto, epoch: number) {
  const { crop, scales, longestSide } = options
  const size = sizeWithLongestSide(photo, longestSide)
  const plan = drawScaledCrop(size, { scales, cropSize: crop }, { seed, epoch, photo: photo.id })
  const { stem, width, height, labelMap } = photo
  const [cut, marked] = await Promise.all([
    pool.run('trainCrop', { path: photo.path, plan, crop }, signal),
    pool.run(
      'labelCrop',
      { path: labelMap, photo: stem, width, height, classes, plan, crop, stride: EDGE_STRIDE },
      signal,
    ),
  ])
  return { ...cut, ...marked }
}
