import type { Tensor } from '@tensorflow/tfjs'
import { AttributeType, DataType, type OpAttribute } from './attributes'
import { currentEngine } from './current'
import { hasOneDnn, oneDnnKernel } from './oneDnn'

/**
 * Raw TensorFlow operations on NHWC float32 tensors, without tfjs's tape and kernel look-up between us and them.
 * Each takes tensors it does not consume and returns a new one, which the caller owns.
 */

/** Zero padding of one spatial plane, in pixels. */
export interface Padding {
  readonly top: number
  readonly bottom: number
  readonly left: number
  readonly right: number
}

export interface ConvolutionGeometry {
  readonly stride: number
  readonly dilation: number
  readonly padding: Padding
}

export const float: OpAttribute = { name: 'T', type: AttributeType.TYPE, value: DataType.FLOAT }

/** The attributes every spatial operation of TensorFlow's shares. */
export function spatialAttributes({ stride, dilation, padding }: ConvolutionGeometry): OpAttribute[] {
  return [
    float,
    { name: 'strides', type: AttributeType.INT, value: [1, stride, stride, 1] },
    { name: 'dilations', type: AttributeType.INT, value: [1, dilation, dilation, 1] },
    { name: 'data_format', type: AttributeType.STRING, value: 'NHWC' },
    { name: 'padding', type: AttributeType.STRING, value: 'EXPLICIT' },
    { name: 'explicit_paddings', type: AttributeType.INT, value: explicitPaddings(padding) },
  ]
}

/** TensorFlow's `explicit_paddings` for NHWC. */
export function explicitPaddings({ top, bottom, left, right }: Padding): number[] {
  return [0, 0, top, bottom, left, right, 0, 0]
}

/** `[n, h, w, in]` ∗ `[kh, kw, in, out]` → `[n, h', w', out]`. */
export function convolve(x: Tensor, filter: Tensor, geometry: ConvolutionGeometry): Tensor {
  return run('Conv2D', spatialAttributes(geometry), [x, filter])
}

/** What may follow a convolution and its bias in one operation. */
export type FusedActivation = 'none' | 'relu' | 'relu6'

const fusedOperations: Readonly<Record<FusedActivation, readonly string[]>> = {
  none: ['BiasAdd'],
  relu: ['BiasAdd', 'Relu'],
  relu6: ['BiasAdd', 'Relu6'],
}
const activations: Readonly<Record<FusedActivation, (x: Tensor) => Tensor>> = { none: x => x, relu, relu6 }

/**
 * activation(x ∗ filter + bias), `[n, h, w, in]` → `[n, h', w', out]`. On the CPU one operation does it while the sums
 * are still in the cache: up to 2.7 times as fast as three. Other devices fuse fewer combinations, so there it is three.
 */
export function convolveBiased(
  x: Tensor,
  filter: Tensor,
  bias: Tensor,
  geometry: ConvolutionGeometry,
  activation: FusedActivation,
): Tensor {
  if (currentEngine().device.type === 'CPU' && geometry.dilation === 1)
    return run('_FusedConv2D', fusedAttributes(geometry, activation), [x, filter, bias])
  return biased(convolve(x, filter, geometry), bias, activation)
}

/** activation(x ∗ filter + bias) by a kernel a channel, `[n, h, w, c]` → `[n, h', w', c]`; dilated and of any stride. */
export function convolveDepthwiseBiased(
  x: Tensor,
  filter: Tensor,
  bias: Tensor,
  geometry: ConvolutionGeometry,
  activation: FusedActivation,
): Tensor {
  const padding = namedPadding(x, filter, geometry)
  if (padding === undefined || !hasOneDnn()) return biased(convolveDepthwise(x, filter, geometry), bias, activation)
  const attributes = [...namedAttributes(geometry, padding), ...fusion(activation), oneDnnKernel]
  return run('_MklNativeFusedDepthwiseConv2dNative', attributes, [x, filter, bias])
}

/** The name that TensorFlow has for a padding, where it has one: `SAME` pads evenly, an odd pixel below and right. */
function namedPadding(
  x: { readonly shape: readonly number[] },
  filter: Tensor,
  { stride, dilation, padding }: ConvolutionGeometry,
): 'SAME' | 'VALID' | undefined {
  const { top, bottom, left, right } = padding
  if (top + bottom + left + right === 0) return 'VALID'
  const same = (size: number, kernel: number) => {
    const reach = (kernel - 1) * dilation + 1
    const total = Math.max((Math.ceil(size / stride) - 1) * stride + reach - size, 0)
    return [Math.floor(total / 2), Math.ceil(total / 2)]
  }
  const [, height, width] = x.shape as [number, number, number, number]
  const [kernelHeight, kernelWidth] = filter.shape as [number, number, number, number]
  const wanted = [...same(height, kernelHeight), ...same(width, kernelWidth)]
  return [top, bottom, left, right].every((pixels, side) => pixels === wanted[side]) ? 'SAME' : undefined
}

function namedAttributes({ stride, dilation }: ConvolutionGeometry, padding: 'SAME' | 'VALID'): OpAttribute[] {
  return [
    float,
    { name: 'strides', type: AttributeType.INT, value: [1, stride, stride, 1] },
    { name: 'dilations', type: AttributeType.INT, value: [1, dilation, dilation, 1] },
    { name: 'data_format', type: AttributeType.STRING, value: 'NHWC' },
    { name: 'padding', type: AttributeType.STRING, value: padding },
  ]
}

function fusion(activation: FusedActivation): OpAttribute[] {
  return [
    { name: 'num_args', type: AttributeType.INT, value: 1 },
    { name: 'fused_ops', type: AttributeType.STRING, value: [...fusedOperations[activation]] },
  ]
}

/** activation(raw + bias). @param raw consumed */
export function biased(raw: Tensor, bias: Tensor, activation: FusedActivation): Tensor {
  const sum = addBias(raw, bias)
  raw.dispose()
  const y = activations[activation](sum)
  if (y !== sum) sum.dispose()
  return y
}

function fusedAttributes(geometry: ConvolutionGeometry, activation: FusedActivation): OpAttribute[] {
  return [
    ...spatialAttributes(geometry),
    { name: 'num_args', type: AttributeType.INT, value: 1 },
    { name: 'num_host_args', type: AttributeType.INT, value: 0 },
    { name: 'TArgs', type: AttributeType.TYPE, value: [DataType.FLOAT] },
    { name: 'fused_ops', type: AttributeType.STRING, value: [...fusedOperations[activation]] },
  ]
}

/** `[n, h, w, c]` ∗ `[kh, kw, c, 1]` → `[n, h', w', c]`, each channel by its own kernel. */
export function convolveDepthwise(x: Tensor, filter: Tensor, geometry: ConvolutionGeometry): Tensor {
  const padding = namedPadding(x, filter, geometry)
  if (padding !== undefined && hasOneDnn())
    return run('_MklNativeDepthwiseConv2dNative', [...namedAttributes(geometry, padding), oneDnnKernel], [x, filter])
  if (geometry.dilation === 1) return run('DepthwiseConv2dNative', spatialAttributes(geometry), [x, filter])
  return throughSpaceToBatch(x, geometry, phases => convolveDepthwise(phases, filter, undilated))
}

/**
 * Gradient of an undilated depthwise convolution's input `x`, whose values do not matter.
 * @param size the shape of `x`, int32 `[4]`
 * @param dy   `[n, h', w', c]`
 */
export function depthwiseInputGradient(
  dy: Tensor,
  filter: Tensor,
  { shape, size }: { readonly shape: readonly number[]; readonly size: Tensor },
  geometry: ConvolutionGeometry,
): Tensor {
  const padding = namedPadding({ shape }, filter, geometry)
  const inputs = [size, filter, dy]
  if (padding === undefined || !hasOneDnn())
    return run('DepthwiseConv2dNativeBackpropInput', spatialAttributes(geometry), inputs)
  const attributes = [...namedAttributes(geometry, padding), oneDnnKernel]
  return run('_MklNativeDepthwiseConv2dNativeBackpropInput', attributes, inputs)
}

const unpadded: Padding = { top: 0, bottom: 0, left: 0, right: 0 }
const undilated: ConvolutionGeometry = { stride: 1, dilation: 1, padding: unpadded }

/**
 * A dilated convolution of stride 1 as an undilated one on the d² phases of its padded input. TensorFlow's CPU kernels
 * refuse dilated depthwise convolutions and give wrong gradients for others; this is exact on every device.
 */
export function throughSpaceToBatch(
  x: Tensor,
  { dilation, padding }: ConvolutionGeometry,
  convolution: (phases: Tensor) => Tensor,
): Tensor {
  const { tf } = currentEngine()
  const [, height, width] = x.shape as [number, number, number, number]
  const extra = (size: number) => (dilation - (size % dilation)) % dilation
  const extraBottom = extra(height + padding.top + padding.bottom)
  const extraRight = extra(width + padding.left + padding.right)
  return tf.tidy(() => {
    const block = tf.tensor1d([dilation, dilation], 'int32')
    const pads = tf.tensor2d(
      [padding.top, padding.bottom + extraBottom, padding.left, padding.right + extraRight],
      [2, 2],
      'int32',
    )
    const crops = tf.tensor2d([0, extraBottom, 0, extraRight], [2, 2], 'int32')
    const phases = convolution(run('SpaceToBatchND', spaceToBatchAttributes('Tpaddings'), [x, block, pads]))
    return run('BatchToSpaceND', spaceToBatchAttributes('Tcrops'), [phases, block, crops])
  })
}

function spaceToBatchAttributes(margins: 'Tpaddings' | 'Tcrops'): OpAttribute[] {
  return [
    float,
    { name: 'Tblock_shape', type: AttributeType.TYPE, value: DataType.INT32 },
    { name: margins, type: AttributeType.TYPE, value: DataType.INT32 },
  ]
}

/** Adds `[c]` to the last axis. */
export function addBias(x: Tensor, bias: Tensor): Tensor {
  return run('BiasAdd', [float, { name: 'data_format', type: AttributeType.STRING, value: 'NHWC' }], [x, bias])
}

export function relu(x: Tensor): Tensor {
  return run('Relu', [float], [x])
}

/** min(max(x, 0), 6) */
export function relu6(x: Tensor): Tensor {
  return run('Relu6', [float], [x])
}

/** Elementwise sum of two tensors of one shape. */
export function add(a: Tensor, b: Tensor): Tensor {
  return run('AddV2', [float], [a, b])
}

/** Half-pixel bilinear (torch's `align_corners=False`, no antialias), `[n, h, w, c]` → `[n, height, width, c]`. */
export function resizeBilinear(x: Tensor, height: number, width: number): Tensor {
  const { tf } = currentEngine()
  const size = tf.tensor1d([height, width], 'int32')
  try {
    return run(
      'ResizeBilinear',
      [
        float,
        { name: 'align_corners', type: AttributeType.BOOL, value: false },
        { name: 'half_pixel_centers', type: AttributeType.BOOL, value: true },
      ],
      [x, size],
    )
  } finally {
    size.dispose()
  }
}

function run(name: string, attributes: readonly OpAttribute[], inputs: readonly Tensor[]): Tensor {
  return currentEngine().backend.executeSingleOutput(name, attributes, inputs)
}
