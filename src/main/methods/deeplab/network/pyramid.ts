import { constant, normal } from '../../../nn/initializers'
import type { Layer } from '../../../nn/layer'
import { concatOf, sumOf } from '../../../nn/layers/branch'
import { Convolution } from '../../../nn/layers/convolution'
import { Dropout } from '../../../nn/layers/dropout'
import { ImagePooling } from '../../../nn/layers/imagePooling'
import { sequence } from '../../../nn/layers/sequence'
import { convolutionBlock, HEAD_BIAS_GROUP, HEAD_GROUP } from './convolutionBlock'

export interface PyramidOptions {
  readonly inputs: number
  /** Channels of every branch and of the result. */
  readonly width: number
  readonly rates: readonly number[]
  readonly separable: boolean
  readonly dropout: number
}

/**
 * Atrous spatial pyramid pooling (DeepLabV3, arXiv:1706.05587 §3.3): 1×1, a dilated 3×3 a rate and the mean of the
 * image side by side, brought to `width` by 1×1. Names: torchvision models/segmentation/deeplabv3.py `ASPP`.
 * `[n, h, w, inputs]` → `[n, h, w, width]`
 */
export function pyramid(prefix: string, options: PyramidOptions, seed: number): Layer {
  const { inputs, width, rates, separable, dropout } = options
  const branch = (index: number, kernel: 1 | 3, dilation: number, place = 0) => {
    const name = `${prefix}.convs.${index}`
    const names = { convolution: `${name}.${place}`, norm: `${name}.${place + 1}` }
    return convolutionBlock({ ...names, inputs, outputs: width, kernel, dilation, separable }, seed)
  }
  const last = rates.length + 1
  const project = { convolution: `${prefix}.project.0`, norm: `${prefix}.project.1`, kernel: 1, dilation: 1 } as const
  return sequence(
    concatOf(
      branch(0, 1, 1),
      ...rates.map((rate, index) => branch(index + 1, 3, rate)),
      new ImagePooling(branch(last, 1, 1, 1)), // behind torch's AdaptiveAvgPool2d, which is number 0
    ),
    convolutionBlock({ ...project, inputs: width * (last + 1), outputs: width, separable: false }, seed),
    new Dropout(`${prefix}.project.3`, dropout),
  )
}

/**
 * DeepLabV2's (arXiv:1606.00915 §3.2; kazuto1011/deeplab-pytorch libs/models/deeplabv2.py `_ASPP`): the sum of dilated
 * 3×3 convolutions with bias, straight to the labels, from N(0, 0.01). `[n, h, w, inputs]` → `[n, h, w, labels]`
 */
export function summedPyramid(
  prefix: string,
  { inputs, labels, rates }: { readonly inputs: number; readonly labels: number; readonly rates: readonly number[] },
  seed: number,
): Layer {
  const shape = { kind: 'full', inputs, outputs: labels, kernel: 3, stride: 1, padding: 'symmetric' } as const
  const branches = rates.map((dilation, index) => {
    const options = { ...shape, name: `${prefix}.c${index}`, dilation, group: HEAD_GROUP, biasGroup: HEAD_BIAS_GROUP }
    return new Convolution(options, normal(seed, 0.01), constant(0))
  })
  return sumOf(...branches)
}

/** The last 1×1 convolution, with bias: features → logits. */
export function labelConvolution(name: string, inputs: number, labels: number, seed: number): Layer {
  const shape = { kind: 'full', kernel: 1, stride: 1, dilation: 1, padding: 'none' } as const
  const options = { ...shape, name, inputs, outputs: labels, group: HEAD_GROUP, biasGroup: HEAD_BIAS_GROUP }
  return new Convolution(options, normal(seed, 0.01), constant(0))
}
