import type { DatasetImage } from '../../shared/contract/dataset'
import type { ImageBank } from '../nn/imageBank'
import type { BatchPosition } from '../nn/trainLoop'
import type { PoolClient } from '../pool/poolClient'
import type { CropBatch } from './cropBatch'
import { drawCrops } from './drawCrops'

/** Crops with the classes of their photos. */
export interface PhotoBatch extends CropBatch {
  /** `[count, classes]`, 1 where the photo is labelled with the class. */
  readonly targets: Uint8Array
}

export interface BankBatchSource {
  readonly images: readonly DatasetImage[]
  readonly classes: number
  readonly seed: number
  readonly microBatch: number
  /** Which photos a step sees: its batch by the epoch's shuffled order, then what the bank adds. */
  readonly bank: ImageBank
  /** Side of the crops, and the range that the photos' longest side is drawn from, in pixels. */
  readonly options: { readonly crop: number; readonly resizeLong: readonly [minimum: number, maximum: number] }
  readonly pool: PoolClient
  readonly signal: AbortSignal
}

/**
 * Makes one micro-batch: its share of the step's photos, each resized, mirrored and cropped by its own draw. Depends on
 * the position and the seed alone.
 */
export async function bankBatch(source: BankBatchSource, { step, part }: BatchPosition): Promise<PhotoBatch> {
  const { images, classes, seed, microBatch, bank, options, pool, signal } = source
  const samples = bank.samplesAt(step)
  const own = Array.from({ length: microBatch }, (_, i) => samples[(part * microBatch + i) % samples.length]!)
  const drawn = own.map(({ photo, epoch }) => ({ image: images[photo]!, epoch }))
  const targets = new Uint8Array(microBatch * classes)
  drawn.forEach(({ image }, i) => image.labels.forEach(label => (targets[i * classes + label] = 1)))
  const [minimumLongSide, maximumLongSide] = options.resizeLong
  const crop = { minimumLongSide, maximumLongSide, cropSize: options.crop, seed }
  return { ...(await drawCrops(drawn, crop, pool, signal)), targets }
}
