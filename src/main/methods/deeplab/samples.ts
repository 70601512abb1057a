import { uniformInt } from 'pure-rand/distribution/uniformInt'
import type { DatasetImage } from '../../../shared/contract/dataset'
import { type CropKey, cropGenerator, drawCrop } from '../../nn/augment'
import type { PhotoOrder } from '../../nn/photoOrder'
import type { BatchPosition } from '../../nn/trainLoop'
import type { PoolClient } from '../../pool/poolClient'
import type { CropPlan } from '../../pool/tasks/trainCrop'
import type { CropBatch } from '../../backbones/cropBatch'
import { cropPhotos } from '../../backbones/drawCrops'
import type { LabelledPhoto } from './labelledPhotos'
import type { DeeplabOptions } from './options'

/** Crops with the labels of their pixels. */
export interface LabelledCrops extends CropBatch {
  /** `[count, side, side]`: 0 background, 1 … C, 255 void. */
  readonly labels: Uint8Array
}

export type SampleOptions = Pick<DeeplabOptions, 'batch' | 'crop' | 'longestSide' | 'scaleRange' | 'scaleStep'>

export interface SampleSource {
  readonly photos: readonly LabelledPhoto[]
  /** Which of them is drawn when. */
  readonly order: PhotoOrder
  readonly classes: number
  readonly seed: number
  readonly microBatch: number
  readonly options: SampleOptions
  readonly pool: PoolClient
  readonly signal: AbortSignal
}

/** Makes one micro-batch. It depends on the position and the seed alone: a resumed run sees the same. */
export async function makeSamples(source: SampleSource, { step, part }: BatchPosition): Promise<LabelledCrops> {
  const { microBatch, options, pool, signal } = source
  const first = step * options.batch + part * microBatch
  const samples = Array.from({ length: microBatch }, (_, i) => sampleAt(source, first + i))
  const [crops, labels] = await Promise.all([
    cropPhotos(samples, options.crop, pool, signal),
    cropLabels(samples, source),
  ])
  return { ...crops, labels }
}

/** `[samples, side, side]` */
async function cropLabels(samples: readonly Sample[], source: SampleSource): Promise<Uint8Array> {
  const { options, classes, pool, signal } = source
  const side = options.crop
  const labels = new Uint8Array(samples.length * side * side)
  await Promise.all(
    samples.map(async ({ image, path, plan }, i) => {
      const { stem: photo, width, height } = image
      const input = { path, photo, width, height, classes, plan, crop: side, stride: 1 }
      labels.set((await pool.run('labelCrop', input, signal)).labels, i * side * side)
    }),
  )
  return labels
}

interface Sample {
  readonly image: DatasetImage
  /** Path of its label map. */
  readonly path: string
  readonly plan: CropPlan
}

/** Samples run on from epoch to epoch: a batch may take the end of one and the start of the next. */
function sampleAt({ photos, order, seed, options }: SampleSource, index: number): Sample {
  const { photo, epoch, repeat } = order.at(index)
  const { image, labels } = photos[photo]!
  return { image, path: labels, plan: drawSample(image, options, { seed, epoch, photo: image.id, repeat }) }
}

/** Resize by a factor from the range, mirror, crop or pad (nn/augment.ts). */
export function drawSample(
  image: Pick<DatasetImage, 'width' | 'height'>,
  { crop, longestSide, scaleRange: [smallest, largest], scaleStep }: Omit<SampleOptions, 'batch'>,
  key: CropKey,
): CropPlan {
  const base = longestSide ?? Math.max(image.width, image.height)
  const side = (factor: number) => Math.max(1, Math.round(base * factor))
  if (scaleStep === 0)
    return drawCrop(image, { minimumLongSide: side(smallest), maximumLongSide: side(largest), cropSize: crop }, key)
  const steps = Math.floor((largest - smallest) / scaleStep + 1e-9)
  const drawn = uniformInt(cropGenerator('scale', key), 0, steps)
  const long = side(smallest + drawn * scaleStep)
  return drawCrop(image, { minimumLongSide: long, maximumLongSide: long, cropSize: crop }, key)
}
