import type { Tensor } from '@tensorflow/tfjs'
import type { Architecture } from '../../backbones/architecture'
import type { Features } from '../../backbones/tappedTrunk'
import { stageTaps, type Tap } from '../../backbones/taps'
import { resize } from '../../nn/layers/resize'
import { planeOf, share } from '../../nn/tensors'

/** Pixels of the input a step of the edges spans. */
export const EDGE_STRIDE = 4

/** What a side branch reads: channels, and pixels a step spans. */
export type SideTap = Pick<Tap, 'name' | 'channels' | 'stride'>

/**
 * The ends of the five stages. ResNet's lie at strides 4, 4, 8, 16, 16 (the first behind the pooling), as in the
 * paper. EfficientNet-Lite's first lies at stride 2: it is averaged to 4, since no edge is finer.
 */
export function sideTaps(architecture: Architecture): readonly SideTap[] {
  return stageTaps(architecture).map(({ name, channels, stride }) => ({
    name,
    channels,
    stride: Math.max(stride, EDGE_STRIDE),
  }))
}

/** The features that the branches read, in order; the caller owns them, and still what was given. */
export function readSides(taps: readonly SideTap[], features: Features): Tensor[] {
  const plane = planeOf(features.get(taps[1]!.name)!)
  return taps.map(({ name, stride }) => {
    const x = features.get(name)!
    // Half-pixel bilinear at half the size is the mean of 2×2.
    const finer = stride === EDGE_STRIDE && planeOf(x).height !== plane.height
    return finer ? resize(x, plane, 'bilinear-half-pixel') : share(x)
  })
}
