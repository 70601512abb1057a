import type { Padding } from '../engine/ops'

/** How a net pads: torchvision's symmetrically, TensorFlow-born ones with the extra pixel right and bottom, or not. */
export type PaddingRule = 'symmetric' | 'tf-same' | 'none'

export interface WindowGeometry {
  /** Side of the square window. */
  readonly kernel: number
  readonly stride: number
  readonly dilation: number
}

/**
 * Zero padding for a window sliding over `height` × `width`.
 *
 * `symmetric`: dilation·(kernel − 1)/2 on every side (torchvision). `tf-same`: as much as makes the output
 * ceil(size / stride), the odd pixel right and bottom (TensorFlow's SAME, which depends on the size).
 */
export function paddingFor(rule: PaddingRule, geometry: WindowGeometry, height: number, width: number): Padding {
  const [top, bottom] = axisPadding(rule, geometry, height)
  const [left, right] = axisPadding(rule, geometry, width)
  return { top, bottom, left, right }
}

function axisPadding(rule: PaddingRule, { kernel, stride, dilation }: WindowGeometry, size: number): [number, number] {
  const reach = (kernel - 1) * dilation
  switch (rule) {
    case 'none':
      return [0, 0]
    case 'symmetric':
      return [Math.floor(reach / 2), Math.floor(reach / 2)]
    case 'tf-same': {
      const total = Math.max((Math.ceil(size / stride) - 1) * stride + reach + 1 - size, 0)
      return [Math.floor(total / 2), Math.ceil(total / 2)]
    }
  }
}

/**
 * Torch's `ceil_mode`: the pixels to add after the end so that a last, partly filled window is counted. A window that
 * would start in the padding after the end is not (torch/nn/functional `max_pool2d`).
 */
export function ceilPadding(
  { before, after }: { readonly before: number; readonly after: number },
  { kernel, stride }: { readonly kernel: number; readonly stride: number },
  size: number,
): number {
  const padded = size + before + after
  let windows = Math.ceil((padded - kernel) / stride) + 1
  if ((windows - 1) * stride >= size + before) windows--
  return Math.max((windows - 1) * stride + kernel - padded, 0)
}
