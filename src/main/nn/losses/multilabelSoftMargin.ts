import type { Tensor } from '@tensorflow/tfjs'
import { WorkbenchError } from '../../../shared/errors'
import { currentEngine } from '../../engine/current'
import type { Loss } from './loss'

/**
 * −mean over photos and classes of y log σ(z) + (1 − y) log σ(−z), as max(z, 0) − z y + log(1 + e^−|z|), which no logit
 * overflows (torch's `multilabel_soft_margin_loss`).
 *
 * @param logits  `[photos, classes]`, consumed
 * @param targets `[photos, classes]`, 0 or 1, not consumed
 */
export function multilabelSoftMargin(logits: Tensor, targets: Tensor): Loss {
  if (logits.shape.join() !== targets.shape.join())
    throw new WorkbenchError(
      'SHAPE_MISMATCH',
      `multilabelSoftMargin: logits are [${logits.shape.join(', ')}], targets [${targets.shape.join(', ')}]`,
    )
  const { tf } = currentEngine()
  const [value, gradient] = tf.tidy(() => {
    const { terms, slopes } = softMargin(logits, targets)
    return [tf.keep(terms.mean()), tf.keep(slopes.div(logits.size))]
  })
  logits.dispose()
  return { value, gradient }
}

/**
 * What the mean is made of, each term beside its derivative by its logit, `[photos, classes]`; for tensors of a surrounding
 * tidy, which frees all of them: nothing is consumed.
 */
export function softMargin(logits: Tensor, targets: Tensor): { readonly terms: Tensor; readonly slopes: Tensor } {
  const terms = logits.relu().sub(logits.mul(targets)).add(logits.abs().neg().exp().log1p())
  return { terms, slopes: logits.sigmoid().sub(targets) }
}
