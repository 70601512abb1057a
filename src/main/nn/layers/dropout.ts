import type { Tensor } from '@tensorflow/tfjs'
import { DataType } from '../../engine/attributes'
import { currentEngine } from '../../engine/current'
import { keeps, type Pass } from '../layer'
import { multiply, run, type, withIntegers } from '../ops'
import type { Parameter } from '../parameter'
import { keyHash } from '../random'
import { disposeAll } from '../tensors'
import { BaseLayer } from './baseLayer'

/**
 * Zeroes values with probability `rate` while training and scales the rest by 1 / (1 − rate) (Srivastava et al., 2014).
 * The mask depends on (seed, step, name) alone, so that a resumed run drops the same values.
 */
export class Dropout extends BaseLayer<{ readonly mask: Tensor | null }> {
  readonly parameters: readonly Parameter[] = []

  constructor(
    readonly name: string,
    readonly rate: number,
  ) {
    super(name)
  }

  forward(x: Tensor, pass: Pass): Tensor {
    if (!pass.training || this.rate === 0) {
      if (keeps(this, pass)) this.kept.push({ mask: null })
      return x
    }
    const mask = this.#mask(x.shape, pass)
    const y = multiply(x, mask)
    x.dispose()
    if (keeps(this, pass)) this.kept.push({ mask })
    else mask.dispose()
    return y
  }

  backward(dy: Tensor): Tensor {
    const { mask } = this.kept.pop()
    if (mask === null) return dy
    const dx = multiply(dy, mask)
    disposeAll(dy, mask)
    return dx
  }

  /** 0 or 1 / (1 − rate), of `shape`. */
  #mask(shape: readonly number[], { seed, step }: Pass): Tensor {
    const attributes = [type('dtype', DataType.FLOAT), type('T', DataType.INT32), type('Tseed', DataType.INT32)]
    const keys = [keyHash(seed, this.name), step]
    return currentEngine().tf.tidy(() => {
      const draws = withIntegers([shape, keys], (size, key) => run('StatelessRandomUniform', attributes, [size, key]))
      return draws
        .greaterEqual(this.rate)
        .toFloat()
        .div(1 - this.rate)
    })
  }
}
