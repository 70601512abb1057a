import type { Tensor } from '@tensorflow/tfjs'
import type { LabelGrid } from '../../../shared/raster/labelsFromProbabilities'
import type { RgbImage, Size } from '../../../shared/raster/size'
import { currentEngine } from '../../engine/current'
import { readTidy } from '../../engine/transfer'
import { resize } from '../../nn/layers/resize'
import { quarterSize } from '../../nn/multiScale'
import { disposeAll, replace } from '../../nn/tensors'
import { logitsOf } from './logits'
import type { SegmentationNetwork } from './network/segmentationNetwork'
import type { DeeplabOptions } from './options'

/** What may be excluded: a logit this far below the others has no probability. */
const IMPOSSIBLE = -1e9

/**
 * Probabilities of one photo: logits of every size brought to a quarter of the input's resolution, merged, softmax.
 *
 * @param sizes   the photo at every scale
 * @param input   its size at scale 1
 * @param allowed labels that may be chosen; null: all
 */
export function probabilitiesOf(
  network: SegmentationNetwork,
  sizes: readonly RgbImage[],
  input: Size,
  allowed: ReadonlySet<number> | null,
  options: Pick<DeeplabOptions, 'mirrored' | 'window' | 'crop' | 'merge'>,
): LabelGrid {
  const { tf } = currentEngine()
  const { labels } = network
  const grid = quarterSize(input)
  const logits = sizes.map(photo => {
    const full = logitsOf(network, photo, options)
    return replace(full, resize(full, grid, 'bilinear-half-pixel'))
  })
  const planes = readTidy(() => {
    const merged = merge(logits, options.merge)
    const excluded = tf.tensor1d(Array.from({ length: labels }, (_, l) => (allowed?.has(l) === false ? IMPOSSIBLE : 0)))
    return tf.softmax(merged.add(excluded)).squeeze([0]).transpose([2, 0, 1])
  })
  disposeAll(...logits)
  return { labels, planes, ...grid }
}

function merge(logits: readonly Tensor[], how: DeeplabOptions['merge']): Tensor {
  const { tf } = currentEngine()
  if (how === 'max') return logits.reduce((most, each) => tf.maximum(most, each))
  return logits.reduce((sum, each) => sum.add(each)).div(logits.length)
}
