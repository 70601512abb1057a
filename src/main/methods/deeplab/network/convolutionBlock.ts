import { kaimingNormal } from '../../../nn/initializers'
import type { Layer } from '../../../nn/layer'
import { Activation } from '../../../nn/layers/activation'
import { BatchNorm } from '../../../nn/layers/batchNorm'
import { Convolution, type ConvolutionOptions } from '../../../nn/layers/convolution'
import { type Sequence, sequence } from '../../../nn/layers/sequence'

/** The optimizer's groups of the head: biases may learn by a rule of their own. */
export const HEAD_GROUP = 'head'
export const HEAD_BIAS_GROUP = 'head-bias'

/** torchvision's and timm's: torch's defaults. */
const NORM = { epsilon: 1e-5, momentum: 0.1, group: HEAD_GROUP } as const

export interface BlockOptions {
  /** Torch's names of the convolution and of its batch norm. */
  readonly convolution: string
  readonly norm: string
  readonly inputs: number
  readonly outputs: number
  readonly kernel: 1 | 3
  readonly dilation: number
  /** 3×3 as one kernel a channel, then 1×1: `<name>.body.0` and `.1` (VainF/DeepLabV3Plus-Pytorch network/_deeplab.py). */
  readonly separable: boolean
}

/** Convolution without bias, batch norm, ReLU; padded to keep the plane. `[n, h, w, inputs]` → `[n, h, w, outputs]` */
export function convolutionBlock(options: BlockOptions, seed: number): Sequence {
  const { norm, outputs } = options
  return sequence(
    ...convolutions(options, seed),
    new BatchNorm({ ...NORM, name: norm, channels: outputs }),
    new Activation('relu'),
  )
}

function convolutions(
  { convolution, inputs, outputs, kernel, dilation, separable }: BlockOptions,
  seed: number,
): Layer[] {
  const make = (part: Pick<ConvolutionOptions, 'name' | 'kind' | 'outputs' | 'kernel' | 'dilation'>) =>
    new Convolution({ ...part, inputs, stride: 1, padding: 'symmetric', group: HEAD_GROUP }, kaimingNormal(seed), null)
  if (!separable || kernel === 1) return [make({ name: convolution, kind: 'full', outputs, kernel, dilation })]
  return [
    make({ name: `${convolution}.body.0`, kind: 'depthwise', outputs: inputs, kernel, dilation }),
    make({ name: `${convolution}.body.1`, kind: 'full', outputs, kernel: 1, dilation: 1 }),
  ]
}
