import type { DatasetImage } from '../../shared/contract/dataset'
import { type CropOptions, drawCrop } from '../nn/augment'
import type { PoolClient } from '../pool/poolClient'
import type { CropPlan } from '../pool/tasks/trainCrop'
import type { CropBatch } from './cropBatch'

/** A photo as one epoch crops it. */
export interface CropSample {
  readonly image: DatasetImage
  readonly epoch: number
}

/** Resizes, mirrors and crops photos in the pool, each by the draw that its seed, epoch and id give. */
export async function drawCrops(
  samples: readonly CropSample[],
  options: CropOptions & { readonly seed: number },
  pool: PoolClient,
  signal: AbortSignal,
): Promise<CropBatch> {
  const { cropSize, seed } = options
  const plans = samples.map(({ image, epoch }) => ({
    image,
    plan: drawCrop(image, options, { seed, epoch, photo: image.id }),
  }))
  return cropPhotos(plans, cropSize, pool, signal)
}

/** Photos cropped as planned, one below the other in a batch. */
export async function cropPhotos(
  photos: readonly { readonly image: Pick<DatasetImage, 'path'>; readonly plan: CropPlan }[],
  side: number,
  pool: PoolClient,
  signal: AbortSignal,
): Promise<CropBatch> {
  const count = photos.length
  const pixels = new Uint8Array(count * side * side * 3)
  const mask = new Uint8Array(count * side * side)
  await Promise.all(
    photos.map(async ({ image, plan }, i) => {
      const { data, valid } = await pool.run('trainCrop', { path: image.path, plan, crop: side }, signal)
      pixels.set(data, i * side * side * 3)
      for (let y = valid.y0; y < valid.y1; y++)
        mask.fill(1, (i * side + y) * side + valid.x0, (i * side + y) * side + valid.x1)
    }),
  )
  return { pixels, mask, count, side }
}
