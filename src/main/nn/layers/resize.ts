import type { Tensor } from '@tensorflow/tfjs'
import { float } from '../../engine/ops'
import { keeps, type Pass } from '../layer'
import { flag, run, withIntegers } from '../ops'
import type { Parameter } from '../parameter'
import { disposeAll, planeOf, type PlaneSize, share } from '../tensors'
import { BaseLayer } from './baseLayer'

/**
 * How a pixel of the result finds its place in the input, o being its index:
 * - `bilinear-half-pixel`: s = (o + ½)·in/out − ½, clamped at 0 — torch's `align_corners=False`, no antialias
 * - `bilinear-align-corners`: s = o·(in − 1)/(out − 1) — torch's `align_corners=True`
 * - `nearest-floor`: floor(o·in/out) — torch's `nearest`
 * - `nearest-centre`: floor((o + ½)·in/out) — Pillow's NEAREST
 */
export type ResizeConvention = 'bilinear-half-pixel' | 'bilinear-align-corners' | 'nearest-floor' | 'nearest-centre'

const operations = {
  'bilinear-half-pixel': { name: 'ResizeBilinear', alignCorners: false, halfPixel: true },
  'bilinear-align-corners': { name: 'ResizeBilinear', alignCorners: true, halfPixel: false },
  'nearest-floor': { name: 'ResizeNearestNeighbor', alignCorners: false, halfPixel: false },
  'nearest-centre': { name: 'ResizeNearestNeighbor', alignCorners: false, halfPixel: true },
} as const

/** `[n, h, w, c]` → `[n, size.height, size.width, c]`; `x` is not consumed. */
export function resize(x: Tensor, size: PlaneSize, convention: ResizeConvention): Tensor {
  const { name } = operations[convention]
  return withIntegers([[size.height, size.width]], plane => run(name, attributesOf(convention), [x, plane]))
}

/** Where the gradient of a resized `x` goes: `[n, h', w', c]` → the shape of `x`; neither is consumed. */
export function resizeGradient(dy: Tensor, x: Tensor, convention: ResizeConvention): Tensor {
  const { name } = operations[convention]
  const attributes = attributesOf(convention)
  if (name === 'ResizeBilinear') return run('ResizeBilinearGrad', attributes, [dy, x])
  const { height, width } = planeOf(x)
  return withIntegers([[height, width]], plane => run('ResizeNearestNeighborGrad', attributes, [dy, plane]))
}

/** Resizes every input to one plane, or by a rule from its own. */
export class Resize extends BaseLayer<{ readonly x: Tensor }> {
  readonly parameters: readonly Parameter[] = []

  constructor(
    readonly convention: ResizeConvention,
    readonly sizeFor: (plane: PlaneSize) => PlaneSize,
  ) {
    super(`resize ${convention}`)
  }

  forward(x: Tensor, pass: Pass): Tensor {
    const y = resize(x, this.sizeFor(planeOf(x)), this.convention)
    if (keeps(this, pass)) this.kept.push({ x: share(x) })
    x.dispose()
    return y
  }

  backward(dy: Tensor): Tensor {
    const { x } = this.kept.pop()
    const dx = resizeGradient(dy, x, this.convention)
    disposeAll(dy, x)
    return dx
  }
}

function attributesOf(convention: ResizeConvention) {
  const { alignCorners, halfPixel } = operations[convention]
  return [float, flag('align_corners', alignCorners), flag('half_pixel_centers', halfPixel)]
}
