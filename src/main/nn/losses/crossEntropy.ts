import type { Tensor } from '@tensorflow/tfjs'
import { WorkbenchError } from '../../../shared/errors'
import { DataType } from '../../engine/attributes'
import { currentEngine } from '../../engine/current'
import { float } from '../../engine/ops'
import { reshape, runMany, type } from '../ops'
import type { Loss } from './loss'

/**
 * Mean over the counted pixels of −log softmax(logits)[label] (torch's `cross_entropy` with `ignore_index`). When every
 * pixel is ignored the loss and its gradient are 0 (torch: NaN).
 *
 * @param logits  `[…, classes]`, consumed
 * @param labels  int32, the shape of the logits without classes; 0 … classes − 1 or `ignored`; not consumed
 * @param dropped share of the pixels, 0 … below 1, rounded down to whole ones, that is ignored besides: those with the
 *   largest losses, of which many have a wrong label where labels are noisy
 */
export function crossEntropy(logits: Tensor, labels: Tensor, ignored: number, dropped = 0): Loss {
  assertShapes(logits, labels)
  const { tf } = currentEngine()
  const classes = logits.shape.at(-1)!
  const [value, gradient] = tf.tidy(() => {
    const labelled = labels.notEqual(tf.scalar(ignored, 'int32'))
    const safe = tf.where(labelled, labels, tf.zerosLike(labels)).flatten() // the kernel refuses labels outside
    const attributes = [float, type('Tlabels', DataType.INT32)]
    const rows = reshape(logits, [logits.size / classes, classes])
    const [losses, slopes] = runMany('SparseSoftmaxCrossEntropyWithLogits', attributes, [rows, safe], 2)
    const counted = withoutLargest(losses!, labelled.toFloat().flatten(), dropped)
    const weight = counted.div(counted.sum().maximum(1)) // [pixels], sums to 1 or 0
    const total = losses!.mul(weight).sum()
    return [tf.keep(total), tf.keep(slopes!.mul(weight.expandDims(1)).reshape(logits.shape))]
  })
  logits.dispose()
  return { value, gradient }
}

/**
 * Sets the largest losses aside. In the caller's tidy.
 * @param losses  `[pixels]`, ≥ 0
 * @param counted `[pixels]`, 1 where a pixel counts, else 0
 * @returns `counted` with ⌊share · its ones⌋ fewer ones
 */
function withoutLargest(losses: Tensor, counted: Tensor, share: number): Tensor {
  if (share === 0) return counted
  const { tf } = currentEngine()
  const count = Math.floor(share * counted.sum().dataSync()[0]!)
  if (count === 0) return counted
  const { indices } = tf.topk(losses.add(1).mul(counted), count) // a pixel that does not count stands below all others
  return counted.sub(tf.scatterND(indices.expandDims(1), tf.ones([count]), [counted.size]))
}

function assertShapes(logits: Tensor, labels: Tensor): void {
  if (labels.dtype === 'int32' && logits.shape.slice(0, -1).join() === labels.shape.join()) return
  throw new WorkbenchError(
    'SHAPE_MISMATCH',
    `crossEntropy: logits are [${logits.shape.join(', ')}], labels ${labels.dtype} [${labels.shape.join(', ')}]`,
  )
}
