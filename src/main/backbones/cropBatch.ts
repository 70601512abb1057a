import type { Tensor } from '@tensorflow/tfjs'
import { uploadUint8 } from '../engine/transfer'
import { multiply } from '../nn/ops'
import { disposeAll } from '../nn/tensors'
import type { Architecture } from './architecture'
import { normaliseImages } from './network'

/** Square crops of photos, ready for the engine. */
export interface CropBatch {
  /** `[count, side, side, 3]` RGB */
  readonly pixels: Uint8Array
  /** `[count, side, side, 1]`, 1 where there is photo. */
  readonly mask: Uint8Array
  readonly count: number
  readonly side: number
}

/** The crops normalised, `[count, side, side, 3]`; what is no photo becomes 0, the mean colour. */
export function normaliseCrops({ pixels, mask, count, side }: CropBatch, architecture: Architecture): Tensor {
  const images = uploadUint8(pixels, [count, side, side, 3])
  const inside = uploadUint8(mask, [count, side, side, 1])
  const normalised = normaliseImages(images, architecture)
  const masked = multiply(normalised, inside)
  disposeAll(images, inside, normalised)
  return masked
}
