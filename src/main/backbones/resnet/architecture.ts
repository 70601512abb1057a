import type { Activation, Architecture, BlockSpec, ConvolutionSpec } from '../architecture'
import { layOutStages, type TrunkLayout } from '../layout'

/** Bottlenecks a stage (He et al., arXiv:1512.03385, table 1). */
const depths = { resnet50: [3, 4, 6, 3], resnet101: [3, 4, 23, 3] } as const
export type ResnetName = keyof typeof depths

/** Stride 16, layer4's stride removed and nothing dilated: jiwoon-ahn/irn net/resnet50.py, strides 2, 2, 2, 1. */
const defaultLayout: TrunkLayout = { stride: 16, dilate: 'none' }

/** torchvision's ResNet, its stride in the 3×3 convolutions. */
export function resnet(name: ResnetName, layout = defaultLayout): Architecture {
  const blocks: BlockSpec[] = []
  const strides = layOutStages([1, 2, 2, 2], 4, layout)
  let inputs = 64
  depths[name].forEach((depth, stage) => {
    const width = 64 * 2 ** stage
    const { stride, first, rest } = strides[stage]!
    for (let index = 0; index < depth; index++) {
      const place = index === 0 ? { stride, dilation: first } : { stride: 1, dilation: rest }
      blocks.push(bottleneck(`layer${stage + 1}.${index}`, inputs, width, place, index === 0))
      inputs = width * 4
    }
  })
  return {
    name,
    title: name === 'resnet50' ? 'ResNet-50' : 'ResNet-101',
    paddingRule: 'symmetric',
    normEpsilon: 1e-5,
    stemPool: true,
    stem: convolution('conv1', 'bn1', 3, 64, { kernel: 7, stride: 2, activation: 'relu' }),
    blocks,
    stages: ['stem', ...depths[name].map((depth, stage) => `layer${stage + 1}.${depth - 1}`)],
    channels: 2048,
    stride: layout.stride,
    // ImageNet mean and deviation of torchvision, times 255: the input is divided by 255 there.
    mean: [0.485 * 255, 0.456 * 255, 0.406 * 255],
    deviation: [0.229 * 255, 0.224 * 255, 0.225 * 255],
    ignoredKeys: /^fc\.|\.num_batches_tracked$/,
  }
}

/** 1×1 → 3×3 (which carries the stride and the dilation) → 1×1 of four times the width; ReLU after the sum. */
function bottleneck(
  name: string,
  inputs: number,
  width: number,
  place: { readonly stride: number; readonly dilation: number },
  project: boolean,
): BlockSpec {
  const outputs = width * 4
  const { stride } = place
  return {
    name,
    residual: true,
    activation: 'relu',
    convolutions: [
      convolution(`${name}.conv1`, `${name}.bn1`, inputs, width, { activation: 'relu' }),
      convolution(`${name}.conv2`, `${name}.bn2`, width, width, { kernel: 3, ...place, activation: 'relu' }),
      convolution(`${name}.conv3`, `${name}.bn3`, width, outputs, {}),
    ],
    ...(project
      ? { shortcut: convolution(`${name}.downsample.0`, `${name}.downsample.1`, inputs, outputs, { stride }) }
      : {}),
  }
}

function convolution(
  weight: string,
  norm: string,
  inputs: number,
  outputs: number,
  rest: { kernel?: number; stride?: number; dilation?: number; activation?: Activation },
): ConvolutionSpec {
  return {
    weight,
    norm,
    kind: 'full',
    inputs,
    outputs,
    kernel: 1,
    stride: 1,
    dilation: 1,
    activation: 'none',
    ...rest,
  }
}
