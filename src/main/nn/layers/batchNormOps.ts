import type { Tensor } from '@tensorflow/tfjs'
import { DataType } from '../../engine/attributes'
import { float } from '../../engine/ops'
import { flag, nhwc, real, runMany, type } from '../ops'
import { disposeAll } from '../tensors'

/** What TensorFlow's batch norm gives beside y; `reserved` is opaque and goes back into its gradient. */
export interface BatchStatistics {
  readonly mean: Tensor
  /** The unbiased variance of the batch, Σ(x − μ)² / (m − 1). */
  readonly variance: Tensor
  readonly reserved: readonly [Tensor, Tensor, Tensor]
}

function attributes(epsilon: number, training: boolean) {
  return [float, type('U', DataType.FLOAT), real('epsilon', epsilon), nhwc, flag('is_training', training)]
}

/** y = γ (x − μ) / √(σ² + ε) + β with the given μ and σ², in one sweep. */
export function normaliseFixed(
  x: Tensor,
  [gamma, beta, mean, variance]: readonly [Tensor, Tensor, Tensor, Tensor],
  epsilon: number,
): Tensor {
  const fixed = [...attributes(epsilon, false), real('exponential_avg_factor', 1)]
  const [y, ...rest] = runMany('FusedBatchNormV3', fixed, [x, gamma, beta, mean, variance], 6)
  disposeAll(...rest)
  return y!
}

/** y = γ (x − μ) / √(σ² + ε) + β with the batch's own μ and biased σ². @param none a tensor without elements */
export function normaliseBatch(
  x: Tensor,
  gamma: Tensor,
  beta: Tensor,
  none: Tensor,
  epsilon: number,
): { readonly y: Tensor; readonly statistics: BatchStatistics } {
  const batch = [...attributes(epsilon, true), real('exponential_avg_factor', 1)]
  const results = runMany('FusedBatchNormV3', batch, [x, gamma, beta, none, none], 6)
  const [y, mean, variance, first, second, third] = results as [Tensor, Tensor, Tensor, Tensor, Tensor, Tensor]
  return { y, statistics: { mean, variance, reserved: [first, second, third] } }
}

/**
 * Gradients of either. @param reserved what the forward pass reserved; for fixed statistics μ, σ² and anything
 * @returns dx, dγ, dβ
 */
export function normGradient(
  dy: Tensor,
  x: Tensor,
  gamma: Tensor,
  reserved: readonly [Tensor, Tensor, Tensor],
  epsilon: number,
  training: boolean,
): [Tensor, Tensor, Tensor] {
  const inputs = [dy, x, gamma, ...reserved]
  const [dx, dgamma, dbeta, ...rest] = runMany('FusedBatchNormGradV3', attributes(epsilon, training), inputs, 5)
  disposeAll(...rest)
  return [dx!, dgamma!, dbeta!]
}
