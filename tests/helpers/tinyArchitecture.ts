import type { Architecture, ConvolutionSpec } from '../../src/main/backbones/architecture'

function part(weight: string, inputs: number, outputs: number, rest: Partial<ConvolutionSpec> = {}): ConvolutionSpec {
  const shape = { kind: 'full', kernel: 3, stride: 1, dilation: 1, activation: 'none' } as const
  return { ...shape, weight, norm: `${weight}.bn`, inputs, outputs, ...rest }
}

/**
 * A backbone of four parts, as small as can be: stem, a strided block, a residual depthwise one, a dilated one; `TinyTrunk`
 * of tests/golden/deeplab.py. Without `corners` nothing is activated: differences err at the corners of a ReLU.
 */
export function tinyArchitecture(corners: boolean): Architecture {
  const relu = { activation: corners ? 'relu' : 'none' } as const
  const relu6 = { activation: corners ? 'relu6' : 'none' } as const
  return {
    name: 'tiny',
    title: 'Tiny',
    paddingRule: 'symmetric',
    normEpsilon: 1e-3,
    stemPool: false,
    stem: part('stem', 3, 4, { stride: 2, ...relu }),
    blocks: [
      { name: 'b0', convolutions: [part('b0.c', 4, 4, { stride: 2, ...relu })], residual: false, activation: 'none' },
      {
        name: 'b1',
        convolutions: [part('b1.c', 4, 4, { kind: 'depthwise', ...relu6 }), part('b1.d', 4, 4, { kernel: 1 })],
        residual: true,
        activation: 'none',
      },
      { name: 'b2', convolutions: [part('b2.c', 4, 6, { dilation: 2, ...relu })], residual: false, activation: 'none' },
    ],
    stages: ['stem', 'b0', 'b1', 'b1', 'b2'],
    channels: 6,
    stride: 4,
    mean: [0, 0, 0],
    deviation: [1, 1, 1],
    ignoredKeys: /^$/,
  }
}
