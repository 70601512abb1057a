import type { Tensor } from '@tensorflow/tfjs'
import { DataType } from '../../engine/attributes'
import { type ConvolutionGeometry, float } from '../../engine/ops'
import { run, type, withIntegers } from '../ops'

/** Margins `[[top, bottom], [left, right]]` in pixels. */
export type Margins = readonly (readonly [number, number])[]

/**
 * How a dilated convolution of stride 1 becomes an undilated one on the dilation² phases of its input: what to pad
 * of the input before taking phases (a whole number of them must fit), and what the output's phases have below and right
 * that a crop would take off.
 */
export function phaseMargins(
  { dilation, padding }: ConvolutionGeometry,
  height: number,
  width: number,
): { readonly pads: Margins; readonly crops: Margins } {
  const extra = (size: number) => (dilation - (size % dilation)) % dilation
  const below = extra(height + padding.top + padding.bottom)
  const right = extra(width + padding.left + padding.right)
  return {
    pads: [
      [padding.top, padding.bottom + below],
      [padding.left, padding.right + right],
    ],
    crops: [
      [0, below],
      [0, right],
    ],
  }
}

/** `[n, h, w, c]`, padded by `pads`, → `[n·d², h'/d, w'/d, c]`. */
export function spaceToBatch(x: Tensor, dilation: number, pads: Margins): Tensor {
  const attributes = [float, type('Tblock_shape', DataType.INT32), type('Tpaddings', DataType.INT32)]
  return withIntegers([[dilation, dilation], pads], (block, margins) =>
    run('SpaceToBatchND', attributes, [x, block, margins]),
  )
}
