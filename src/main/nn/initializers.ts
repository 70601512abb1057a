import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import type { ParameterOptions } from './parameter'
import { keyedGenerator } from './random'

/** First values of a parameter, row-major in TensorFlow's order. */
export type Initializer = (parameter: ParameterOptions) => Float32Array

/** All `value`. */
export function constant(value: number): Initializer {
  return ({ shape }) => new Float32Array(elements(shape)).fill(value)
}

/** Uniform in ±`bound`, drawn from (seed, the parameter's name). */
export function uniform(seed: number, bound: (fanIn: number) => number): Initializer {
  return parameter => {
    const generator = keyedGenerator(seed, parameter.name)
    const limit = bound(fanIn(parameter))
    return Float32Array.from({ length: elements(parameter.shape) }, () => (2 * uniformFloat64(generator) - 1) * limit)
  }
}

/** torch.nn.Linear's and Conv2d's own: kaiming_uniform with a = √5, that is ±1/√fanIn. */
export function torchDefault(seed: number): Initializer {
  return uniform(seed, fanIn => 1 / Math.sqrt(fanIn))
}

/** Normal with variance 2 / fanIn (He et al., arXiv:1502.01852): keeps the scale of activations through ReLUs. */
export function kaimingNormal(seed: number): Initializer {
  return parameter => normal(seed, Math.sqrt(2 / fanIn(parameter)))(parameter)
}

/** Normal around 0, drawn from (seed, the parameter's name). */
export function normal(seed: number, deviation: number): Initializer {
  return parameter => {
    const generator = keyedGenerator(seed, parameter.name)
    const draw = () =>
      Math.sqrt(-2 * Math.log(1 - uniformFloat64(generator))) * Math.cos(2 * Math.PI * uniformFloat64(generator))
    return Float32Array.from({ length: elements(parameter.shape) }, () => deviation * draw())
  }
}

/** Inputs that one output sums over. */
function fanIn({ shape, layout }: ParameterOptions): number {
  switch (layout) {
    case 'conv':
      return shape[0]! * shape[1]! * shape[2]!
    case 'depthwise':
      return shape[0]! * shape[1]!
    case 'linear':
      return shape[0]!
    case 'vector':
      return 1
  }
}

function elements(shape: readonly number[]): number {
  return shape.reduce((product, n) => product * n, 1)
}
