import { WorkbenchError } from '../../../shared/errors'
import { VOID } from '../../../shared/raster/palette'
import { describeSize } from '../../../shared/raster/size'
import { readLabelMap } from '../../artifacts/labelMaps'
import type { LabelMap } from '../../media/labelPng'
import type { CropPlan } from './trainCrop'

export interface LabelCropInput {
  /** Path of a label map of the photo's size. */
  readonly path: string
  /** What error sentences call the photo. */
  readonly photo: string
  readonly width: number
  readonly height: number
  /** Labels are 0 … classes, or void. */
  readonly classes: number
  /** The draw that the photo was cropped with. */
  readonly plan: CropPlan
  /** Side of the square crop, pixels. */
  readonly crop: number
  /** One label is taken of so many pixels along each axis, the one at their middle (Pillow's NEAREST). */
  readonly stride: number
}

/** The labels of a training sample, `[crop / stride, crop / stride]`; void outside the photo. */
export async function labelCrop(input: LabelCropInput): Promise<{ readonly labels: Uint8Array }> {
  const map = await readLabelMap(input.path)
  checkMap(map, input)
  const { plan, crop, stride } = input
  const side = Math.ceil(crop / stride)
  const { resizedWidth, resizedHeight, sourceX, sourceY, targetX, targetY, flip } = plan
  const across = { from: map.width, to: resizedWidth, flip, source: sourceX, target: targetX }
  const down = { from: map.height, to: resizedHeight, flip: false, source: sourceY, target: targetY }
  const columns = sources(side, stride, across)
  const rows = sources(side, stride, down)
  const labels = new Uint8Array(side * side).fill(VOID)
  rows.forEach((y, row) =>
    columns.forEach((x, column) => {
      if (y >= 0 && x >= 0) labels[row * side + column] = map.labels[y * map.width + x]!
    }),
  )
  return { labels }
}

interface Axis {
  /** Pixels of the label map, and of the photo as it was resized. */
  readonly from: number
  readonly to: number
  readonly flip: boolean
  /** Where the crop begins in the resized photo, and where that is put on the canvas. */
  readonly source: number
  readonly target: number
}

/** For each place of the result the pixel of the label map, or −1 outside the photo. */
function sources(side: number, stride: number, { from, to, flip, source, target }: Axis): Int32Array {
  return Int32Array.from({ length: side }, (_, i) => {
    const drawn = i * stride + Math.floor(stride / 2) - target
    const resized = flip ? to - 1 - (drawn + source) : drawn + source
    if (drawn < 0 || resized < 0 || resized >= to) return -1
    return Math.min(from - 1, Math.floor(((resized + 0.5) * from) / to))
  })
}

/** @throws SHAPE_MISMATCH, BAD_INPUT naming the photo */
function checkMap(map: LabelMap, { photo, width, height, classes }: LabelCropInput): void {
  if (map.width !== width || map.height !== height)
    throw new WorkbenchError(
      'SHAPE_MISMATCH',
      `The label map of ${photo} is ${describeSize(map)}, the photo ${describeSize({ width, height })}: make the labels again from this photo.`,
    )
  const unknown = map.labels.findIndex(label => label > classes && label !== VOID)
  if (unknown === -1) return
  throw new WorkbenchError(
    'BAD_INPUT',
    `The label map of ${photo} has the label ${map.labels[unknown]} at (${unknown % width}, ${Math.floor(unknown / width)}); ` +
      `this project has ${classes} classes: labels are 0 … ${classes}, and 255 for void.`,
  )
}
