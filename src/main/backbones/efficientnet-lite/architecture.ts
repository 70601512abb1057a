import type { Architecture, BlockSpec, ConvolutionSpec } from '../architecture'
import { layOutStages, type TrunkLayout } from '../layout'

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
  { kernel: 5, stride: 2, expand: 6, outputs: 192, repeats: 4 },
  { kernel: 3, stride: 1, expand: 6, outputs: 320, repeats: 1 },
]
/** Stages whose ends have the features that ResNet's five have: strides 2, 4, 8, 16 and 16 (or 32). */
const TAPPED_STAGES = [0, 1, 2, 4, 6]
const STEM = 32
const TOP = 1280

/** Width and depth multipliers of Lite0, Lite1 and Lite2. */
const variants = { 0: { width: 1, depth: 1 }, 1: { width: 1, depth: 1.1 }, 2: { width: 1.1, depth: 1.2 } } as const
export type LiteVariant = keyof typeof variants

/** Stride 16, what comes after the lost stride dilated: finer maps, the same field of view. */
const defaultLayout: TrunkLayout = { stride: 16, dilate: 'after' }

export function efficientnetLite(variant: LiteVariant, layout = defaultLayout): Architecture {
  const built = buildStages(variants[variant], layout)
  const blocks = built.flat()
  const last = blocks.at(-1)!.convolutions.at(-1)!.outputs
  return {
    name: `efficientnet-lite${variant}`,
    title: `EfficientNet-Lite${variant}`,
    paddingRule: 'tf-same',
    normEpsilon: 1e-3,
    stemPool: false,
    stem: convolution('_conv_stem', '_bn0', 'full', 3, STEM, { kernel: 3, stride: 2, activation: 'relu6' }),
    blocks,
    stages: TAPPED_STAGES.map(stage => built[stage]!.at(-1)!.name),
    top: convolution('_conv_head', '_bn1', 'full', last, TOP, { activation: 'relu6' }),
    channels: TOP,
    stride: layout.stride,
    mean: [127, 127, 127],
    deviation: [128, 128, 128],
    ignoredKeys: /^_fc\.|\.num_batches_tracked$/,
  }
}

function buildStages({ width, depth }: { width: number; depth: number }, layout: TrunkLayout): BlockSpec[][] {
  const strides = layOutStages(
    stages.map(({ stride }) => stride),
    2,
    layout,
  )
  let inputs = STEM
  let count = 0
  return stages.map((stage, index) => {
    const outputs = roundChannels(stage.outputs, width)
    // The first and the last stage keep their depth in the Lite variants.
    const repeats = index === 0 || index === stages.length - 1 ? stage.repeats : Math.ceil(stage.repeats * depth)
    const { stride, first, rest } = strides[index]!
    return Array.from({ length: repeats }, (_, repeat) => {
      const place = repeat === 0 ? { stride, dilation: first } : { stride: 1, dilation: rest }
      const block = invertedResidual(`_blocks.${count++}`, inputs, outputs, stage, place)
      inputs = outputs
      return block
    })
  })
}

/** Expand 1×1 → depthwise k×k → project 1×1 (arXiv:1801.04381), the sum with the input where shapes allow. */
function invertedResidual(
  name: string,
  inputs: number,
  outputs: number,
  { kernel, expand }: Stage,
  { stride, dilation }: { readonly stride: number; readonly dilation: number },
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
