import { constant } from '../initializers'
import { Parameter } from '../parameter'

export interface NormOptions {
  /** Torch's dotted name without `.weight`, e.g. `layer1.0.bn1`. */
  readonly name: string
  readonly channels: number
  /** Added to the variance: 1e-5 in torchvision's nets, 1e-3 in EfficientNet-Lite. */
  readonly epsilon: number
  /** The optimizer's group of γ and β. */
  readonly group: string
}

/** A batch norm's γ, β and running statistics under torch's names, each `[channels]`. */
export interface NormParameters {
  readonly gamma: Parameter
  readonly beta: Parameter
  readonly runningMean: Parameter
  readonly runningVariance: Parameter
  readonly all: readonly Parameter[]
}

/** γ and σ² start at 1, β and μ at 0, as torch has it. */
export function normParameters({ name, channels, group }: NormOptions): NormParameters {
  const vector = (part: string, value: number, learned: boolean) => {
    const options = { name: `${name}.${part}`, shape: [channels], layout: 'vector', group, learned } as const
    return new Parameter(options, constant(value)(options))
  }
  const gamma = vector('weight', 1, true)
  const beta = vector('bias', 0, true)
  const runningMean = vector('running_mean', 0, false)
  const runningVariance = vector('running_var', 1, false)
  return { gamma, beta, runningMean, runningVariance, all: [gamma, beta, runningMean, runningVariance] }
}
