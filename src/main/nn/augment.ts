import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { uniformInt } from 'pure-rand/distribution/uniformInt'
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator'
import { scaledSize, type Size } from '../../shared/raster/size'
import type { CropPlan } from '../pool/tasks/trainCrop'
import { keyedGenerator } from './random'

export interface CropOptions {
  /** The resized photo's long side is drawn from minimum … maximum, both included. */
  readonly minimumLongSide: number
  readonly maximumLongSide: number
  /** Side of the square canvas. */
  readonly cropSize: number
}

/** What the draws depend on, and nothing else: a resumed epoch repeats them. */
export interface CropKey {
  readonly seed: number
  readonly epoch: number
  readonly photo: number
  /** How often the epoch drew the photo before; left out for the first time. */
  readonly repeat?: number
}

/**
 * The random resize, flip and crop of one photo in one epoch (jiwoon-ahn/irn misc/imutils.py `random_resize_long`,
 * `random_lr_flip`, `get_random_crop_box`): long side L ~ U{min … max}, sides rounded half to even, flip with
 * probability ½, and on each axis with space = n − crop: the source starts at U{0 … space}, or where the photo is the
 * smaller, the target at U{0 … −space}.
 */
export function drawCrop(
  { width, height }: Size,
  { minimumLongSide, maximumLongSide, cropSize }: CropOptions,
  key: CropKey,
): CropPlan {
  const generator = cropGenerator('crop', key)
  const scale = uniformInt(generator, minimumLongSide, maximumLongSide) / Math.max(width, height)
  return placeCrop(scaledSize({ width, height }, scale), cropSize, generator)
}

/**
 * The same for dense labels: scale ~ U[scales], then flip and crop as above (jiwoon-ahn/irn voc12/dataloader.py
 * `VOC12SegmentationDataset`).
 * @param size of the photo at scale 1, whatever the file's
 */
export function drawScaledCrop(
  size: Size,
  { scales: [least, most], cropSize }: { readonly scales: readonly [number, number]; readonly cropSize: number },
  key: CropKey,
): CropPlan {
  const generator = cropGenerator('scaled crop', key)
  return placeCrop(scaledSize(size, least + uniformFloat64(generator) * (most - least)), cropSize, generator)
}

/** A generator for one of the draws of one sample. */
export function cropGenerator(draw: string, { seed, epoch, photo, repeat = 0 }: CropKey): RandomGenerator {
  return repeat === 0 ? keyedGenerator(draw, seed, epoch, photo) : keyedGenerator(draw, seed, epoch, photo, repeat)
}

function placeCrop({ width, height }: Size, cropSize: number, generator: RandomGenerator): CropPlan {
  const flip = uniformInt(generator, 0, 1) === 1
  const offset = (space: number) => ({
    source: space > 0 ? uniformInt(generator, 0, space) : 0,
    target: space < 0 ? uniformInt(generator, 0, -space) : 0,
  })
  const vertical = offset(height - cropSize)
  const horizontal = offset(width - cropSize)
  return {
    resizedWidth: width,
    resizedHeight: height,
    flip,
    sourceX: horizontal.source,
    sourceY: vertical.source,
    targetX: horizontal.target,
    targetY: vertical.target,
  }
}

/** The order in which an epoch visits `count` photos: a Fisher-Yates shuffle keyed by (seed, epoch). */
export function epochOrder(count: number, { seed, epoch }: Pick<CropKey, 'seed' | 'epoch'>): Int32Array {
  const generator = keyedGenerator('order', seed, epoch)
  const order = Int32Array.from({ length: count }, (_, i) => i)
  for (let i = count - 1; i > 0; i--) {
    const j = uniformInt(generator, 0, i)
    const moved = order[i]!
    order[i] = order[j]!
    order[j] = moved
  }
  return order
}
