import type { Tensor } from '@tensorflow/tfjs'
import { WorkbenchError } from '../../../shared/errors'
import { currentEngine } from '../../engine/current'
import { keeps, type Pass } from '../layer'
import { run, withScalar } from '../ops'
import { float } from '../../engine/ops'
import type { Parameter } from '../parameter'
import { disposeAll, share } from '../tensors'
import { BaseLayer } from './baseLayer'
import { type BatchStatistics, normaliseBatch, normaliseFixed, normGradient } from './batchNormOps'
import { type NormOptions, type NormParameters, normParameters } from './normParameters'

export interface BatchNormOptions extends NormOptions {
  /** Weight of a new batch in the running statistics: torch's momentum, 0.1 by its default. */
  readonly momentum: number
}

interface State {
  readonly x: Tensor
  readonly first: Tensor
  readonly second: Tensor
  readonly third: Tensor
  readonly batch: boolean
  readonly inputGradient: boolean
}

/**
 * Batch norm as torch trains it (Ioffe & Szegedy, arXiv:1502.03167): a batch is normalised with its own biased
 * variance, the running variance gathers the unbiased one. Outside training the running statistics are used.
 */
export class BatchNorm extends BaseLayer<State> {
  readonly norm: NormParameters
  readonly parameters: readonly Parameter[]
  readonly #options: BatchNormOptions

  constructor(options: BatchNormOptions) {
    super(options.name)
    this.norm = normParameters(options)
    this.parameters = this.norm.all
    this.#options = options
  }

  forward(x: Tensor, pass: Pass): Tensor {
    const y = pass.training ? this.#normaliseBatch(x, pass) : this.#normaliseFixed(x, pass)
    x.dispose()
    return y
  }

  backward(dy: Tensor): Tensor | null {
    const { x, first, second, third, batch, inputGradient } = this.kept.pop()
    const { gamma, beta } = this.norm
    const { epsilon } = this.#options
    const [dx, dgamma, dbeta] = normGradient(dy, x, gamma.value, [first, second, third], epsilon, batch)
    disposeAll(dy, x, first, second, third)
    if (gamma.trainable) gamma.accumulate(dgamma)
    else dgamma.dispose()
    if (beta.trainable) beta.accumulate(dbeta)
    else dbeta.dispose()
    if (inputGradient) return dx
    dx.dispose()
    return null
  }

  #normaliseBatch(x: Tensor, pass: Pass): Tensor {
    const { name, channels, epsilon } = this.#options
    if (x.size <= channels)
      throw new WorkbenchError(
        'SHAPE_MISMATCH',
        `${name}: a batch of one value a channel has no variance: use ≥ 2 photos`,
      )
    const { gamma, beta } = this.norm
    const none = currentEngine().tf.tensor1d([], 'float32')
    const { y, statistics } = normaliseBatch(x, gamma.value, beta.value, none, epsilon)
    none.dispose()
    this.#updateRunning(statistics)
    const [first, second, third] = statistics.reserved
    if (keeps(this, pass))
      this.kept.push({ x: share(x), first, second, third, batch: true, inputGradient: pass.inputGradient })
    else disposeAll(first, second, third)
    return y
  }

  #normaliseFixed(x: Tensor, pass: Pass): Tensor {
    const { gamma, beta, runningMean, runningVariance } = this.norm
    const [mean, variance] = [runningMean.value, runningVariance.value]
    const y = normaliseFixed(x, [gamma.value, beta.value, mean, variance], this.#options.epsilon)
    if (keeps(this, pass))
      this.kept.push({
        x: share(x),
        first: share(mean),
        second: share(variance),
        third: share(variance),
        batch: false,
        inputGradient: pass.inputGradient,
      })
    return y
  }

  /** running ← running + momentum (batch − running); takes the statistics over. */
  #updateRunning({ mean, variance }: BatchStatistics): void {
    const { runningMean, runningVariance } = this.norm
    runningMean.assign(blend(runningMean.value, mean, this.#options.momentum))
    runningVariance.assign(blend(runningVariance.value, variance, this.#options.momentum))
    disposeAll(mean, variance)
  }
}

/** (1 − weight) before + weight next, as torch computes it. */
function blend(before: Tensor, next: Tensor, weight: number): Tensor {
  return withScalar(1 - weight, rest =>
    withScalar(weight, part => {
      const old = run('Mul', [float], [before, rest])
      const recent = run('Mul', [float], [next, part])
      const blended = run('AddV2', [float], [old, recent])
      disposeAll(old, recent)
      return blended
    }),
  )
}
