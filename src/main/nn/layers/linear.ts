import type { Tensor } from '@tensorflow/tfjs'
import { addBias } from '../../engine/ops'
import type { Initializer } from '../initializers'
import { keeps, type Pass } from '../layer'
import { multiplyMatrices, sumToBias } from '../ops'
import { Parameter, type ParameterOptions } from '../parameter'
import { disposeAll, replace } from '../tensors'
import { BaseLayer } from './baseLayer'

export interface LinearOptions {
  /** Torch's dotted name without `.weight`, e.g. `classifier`. */
  readonly name: string
  readonly inputs: number
  readonly outputs: number
  readonly group: string
}

/** y = x W (+ b). `[n, inputs]` → `[n, outputs]` */
export class Linear extends BaseLayer<{ readonly x: Tensor; readonly inputGradient: boolean }> {
  readonly weight: Parameter
  readonly bias: Parameter | null
  readonly parameters: readonly Parameter[]

  /** @param initialBias null for a layer without bias */
  constructor(
    { name, inputs, outputs, group }: LinearOptions,
    initialWeight: Initializer,
    initialBias: Initializer | null,
  ) {
    super(name)
    const weight: ParameterOptions = {
      name: `${name}.weight`,
      shape: [inputs, outputs],
      layout: 'linear',
      group,
      learned: true,
    }
    const bias: ParameterOptions = { name: `${name}.bias`, shape: [outputs], layout: 'vector', group, learned: true }
    this.weight = new Parameter(weight, initialWeight(weight))
    this.bias = initialBias === null ? null : new Parameter(bias, initialBias(bias))
    this.parameters = this.bias === null ? [this.weight] : [this.weight, this.bias]
  }

  forward(x: Tensor, pass: Pass): Tensor {
    const raw = multiplyMatrices(x, this.weight.value)
    if (keeps(this, pass)) this.kept.push({ x, inputGradient: pass.inputGradient })
    else x.dispose()
    return this.bias === null ? raw : replace(raw, addBias(raw, this.bias.value))
  }

  backward(dy: Tensor): Tensor | null {
    const { x, inputGradient } = this.kept.pop()
    if (this.weight.trainable) this.weight.accumulate(multiplyMatrices(x, dy, { a: true }))
    if (this.bias?.trainable) this.bias.accumulate(sumToBias(dy))
    const dx = inputGradient ? multiplyMatrices(dy, this.weight.value, { b: true }) : null
    disposeAll(x, dy)
    return dx
  }
}
