import type { Rectangle } from '../../../shared/geometry/rectangle'
import { pillowBicubic } from '../../../shared/raster/pillowBicubic'
import { decodePhoto } from '../../media/decodePhoto'

/** One draw of the augmentation: resize, then mirror, then crop or pad (irn misc/imutils.py). All in pixels. */
export interface CropPlan {
  /** Size to resize the photo to. */
  readonly resizedWidth: number
  readonly resizedHeight: number
  /** Mirror left and right, after resizing and before cropping. */
  readonly flip: boolean
  /** Where the crop begins in the resized photo. */
  readonly sourceX: number
  readonly sourceY: number
  /** Where it is put on the canvas, the rest of which is the mean colour. */
  readonly targetX: number
  readonly targetY: number
}

export interface TrainCropInput {
  readonly path: string
  readonly plan: CropPlan
  /** Side of the square crop in pixels. */
  readonly crop: number
}

export interface TrainCrop {
  /** `[crop, crop, 3]`, RGB; 0 outside `valid`. */
  readonly data: Uint8Array
  /** Where there is photo. The rest is padding, which becomes 0 only after normalisation: the mean colour. */
  readonly valid: Rectangle
}

/** One training sample. Only the cropped part is ever resized. */
export async function trainCrop({ path, plan, crop }: TrainCropInput): Promise<TrainCrop> {
  const { resizedWidth, resizedHeight, flip, sourceX, sourceY, targetX, targetY } = plan
  const width = Math.min(resizedWidth - sourceX, crop - targetX)
  const height = Math.min(resizedHeight - sourceY, crop - targetY)
  const left = flip ? resizedWidth - sourceX - width : sourceX
  const window = { x0: left, y0: sourceY, x1: left + width, y1: sourceY + height }
  const part = pillowBicubic(await decodePhoto(path), { width: resizedWidth, height: resizedHeight }, window)
  const data = new Uint8Array(crop * crop * 3)
  for (let y = 0; y < height; y++) {
    const row = part.data.subarray(y * width * 3, (y + 1) * width * 3)
    data.set(flip ? mirrored(row) : row, ((targetY + y) * crop + targetX) * 3)
  }
  return { data, valid: { x0: targetX, y0: targetY, x1: targetX + width, y1: targetY + height } }
}

/** A row of RGB pixels from right to left. */
function mirrored(row: Uint8Array): Uint8Array {
  const out = new Uint8Array(row.length)
  for (let from = row.length - 3, to = 0; from >= 0; from -= 3, to += 3) out.set(row.subarray(from, from + 3), to)
  return out
}
