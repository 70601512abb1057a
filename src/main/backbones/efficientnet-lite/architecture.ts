import type { Architecture, BlockSpec, ConvolutionSpec } from '../architecture'

/**
 * EfficientNet-Lite (Tan & Le, arXiv:1905.11946; the Lite variants: tensorflow/tpu models/official/efficientnet/lite):
 * EfficientNet-B without squeeze-and-excitation, with ReLU6, stem and head of fixed width.
 */
interface Stage {
  readonly kernel: number
  readonly stride: number
  readonly expand: number
  readonly outputs: number
  readonly repeats: number
}

const stages: readonly Stage[] = [
  { kernel: 3, stride: 1, expand: 1, outputs: 16, repeats: 1 },
  { kernel: 3, stride: 2, expand: 6, outputs: 24, repeats: 2 },
  { kernel: 5, stride: 2, expand: 6, outputs: 40, repeats: 2 },
  { kernel: 3, stride: 2, expand: 6, outputs: 80, repeats: 3 },
  { kernel: 5, stride: 1, expand: 6, outputs: 112, repeats: 3 },
  // Published with stride 2: removed here for stride 16, and the blocks after it are dilated by 2 instead.
  { kernel: 5, stride: 1, expand: 6, outputs: 192, repeats: 4 },
  { kernel: 3, stride: 1, expand: 6, outputs: 320, repeats: 1 },
]
const FIRST_UNSTRIDED_STAGE = 5
const STEM = 32
const TOP = 1280

/** Width and depth multipliers of Lite0, Lite1 and Lite2. */
const variants = { 0: { width: 1, depth: 1 }, 1: { width: 1, depth: 1.1 }, 2: { width: 1.1, depth: 1.2 } } as const
export type LiteVariant = keyof typeof variants

export function efficientnetLite(variant: LiteVariant): Architecture {
  const blocks = buildBlocks(variants[variant])
  const last = blocks.at(-1)!.convolutions.at(-1)!.outputs
  return {
    name: `efficientnet-lite${variant}`,
    title: `EfficientNet-Lite${variant}`,
    paddingRule: 'tf-same',
    normEpsilon: 1e-3,
    stemPool: false,
    stem: convolution('_conv_stem', '_bn0', 'full', 3, STEM, { kernel: 3, stride: 2, activation: 'relu6' }),
    blocks,
    top: convolution('_conv_head', '_bn1', 'full', last, TOP, { activation: 'relu6' }),
    channels: TOP,
    stride: 16,
    mean: [127, 127, 127],
    deviation: [128, 128, 128],
    ignoredKeys: /^_fc\.|\.num_batches_tracked$/,
  }
}

function buildBlocks({ width, depth }: { width: number; depth: number }): BlockSpec[] {
  const blocks: BlockSpec[] = []
  let inputs = STEM
  stages.forEach((stage, index) => {
    const outputs = roundChannels(stage.outputs, width)
    // The first and the last stage keep their depth in the Lite variants.
    const repeats = index === 0 || index === stages.length - 1 ? stage.repeats : Math.ceil(stage.repeats * depth)
    for (let repeat = 0; repeat < repeats; repeat++) {
      const stride = repeat === 0 ? stage.stride : 1
      const dilated = index > FIRST_UNSTRIDED_STAGE || (index === FIRST_UNSTRIDED_STAGE && repeat > 0)
      blocks.push(invertedResidual(`_blocks.${blocks.length}`, inputs, outputs, stage, stride, dilated ? 2 : 1))
      inputs = outputs
    }
  })
  return blocks
}

/** Expand 1×1 → depthwise k×k → project 1×1 (arXiv:1801.04381), the sum with the input where shapes allow. */
function invertedResidual(
  name: string,
  inputs: number,
  outputs: number,
  { kernel, expand }: Stage,
  stride: number,
  dilation: number,
): BlockSpec {
  const wide = inputs * expand
  return {
    name,
    residual: stride === 1 && inputs === outputs,
    activation: 'none',
    convolutions: [
      ...(expand === 1
        ? []
        : [convolution(`${name}._expand_conv`, `${name}._bn0`, 'full', inputs, wide, { activation: 'relu6' })]),
      convolution(`${name}._depthwise_conv`, `${name}._bn1`, 'depthwise', wide, wide, {
        kernel,
        stride,
        dilation,
        activation: 'relu6',
      }),
      convolution(`${name}._project_conv`, `${name}._bn2`, 'full', wide, outputs, {}),
    ],
  }
}

function convolution(
  weight: string,
  norm: string,
  kind: ConvolutionSpec['kind'],
  inputs: number,
  outputs: number,
  rest: Partial<Pick<ConvolutionSpec, 'kernel' | 'stride' | 'dilation' | 'activation'>>,
): ConvolutionSpec {
  return { weight, norm, kind, inputs, outputs, kernel: 1, stride: 1, dilation: 1, activation: 'none', ...rest }
}

/** Channels scaled by `width`, to a multiple of 8, never more than 10 % below (EfficientNet's `round_filters`). */
function roundChannels(channels: number, width: number): number {
  const scaled = channels * width
  const rounded = Math.max(8, Math.floor((scaled + 4) / 8) * 8)
  return rounded < 0.9 * scaled ? rounded + 8 : rounded
}
