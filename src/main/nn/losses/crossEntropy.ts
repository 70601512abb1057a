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
 * @param logits `[…, classes]`, consumed
 * @param labels int32, the shape of the logits without classes; 0 … classes − 1 or `ignored`; not consumed
 */
export function crossEntropy(logits: Tensor, labels: Tensor, ignored: number): Loss {
  assertShapes(logits, labels)
  const { tf } = currentEngine()
  const classes = logits.shape.at(-1)!
  const [value, gradient] = tf.tidy(() => {
    const counted = labels.notEqual(tf.scalar(ignored, 'int32'))
    const weight = counted.toFloat().div(counted.toFloat().sum().maximum(1)).flatten() // [pixels], sums to 1 or 0
    const safe = tf.where(counted, labels, tf.zerosLike(labels)).flatten() // the kernel refuses labels outside
    const attributes = [float, type('Tlabels', DataType.INT32)]
    const rows = reshape(logits, [logits.size / classes, classes])
    const [losses, slopes] = runMany('SparseSoftmaxCrossEntropyWithLogits', attributes, [rows, safe], 2)
    const total = losses!.mul(weight).sum()
    return [tf.keep(total), tf.keep(slopes!.mul(weight.expandDims(1)).reshape(logits.shape))]
  })
  logits.dispose()
  return { value, gradient }
}

function assertShapes(logits: Tensor, labels: Tensor): void {
  if (labels.dtype === 'int32' && logits.shape.slice(0, -1).join() === labels.shape.join()) return
  throw new WorkbenchError(
    'SHAPE_MISMATCH',
    `crossEntropy: logits are [${logits.shape.join(', ')}], labels ${labels.dtype} [${labels.shape.join(', ')}]`,
  )
}
