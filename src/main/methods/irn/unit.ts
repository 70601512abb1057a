import { torchDefault } from '../../nn/initializers'
import { Activation } from '../../nn/layers/activation'
import { Convolution } from '../../nn/layers/convolution'
import { Crop } from '../../nn/layers/crop'
import { GroupNorm } from '../../nn/layers/groupNorm'
import { Resize } from '../../nn/layers/resize'
import { sequence, type Sequence } from '../../nn/layers/sequence'
import type { PlaneSize } from '../../nn/tensors'

export interface UnitOptions {
  /** Torch's dotted name, that of jiwoon-ahn/irn net/resnet50_irn.py. */
  readonly name: string
  readonly inputs: number
  readonly outputs: number
  readonly groups: number
  /** The result is enlarged this much along each axis. */
  readonly enlarge: number
  /** What of the result lies on the plane that it is joined with. */
  readonly plane: () => PlaneSize
  /** The optimizer's group. */
  readonly group: string
  readonly seed: number
}

/** GN's ε in torch. */
const NORM_EPSILON = 1e-5

/** 1×1 convolution → group norm → half-pixel bilinear enlargement → ReLU, cut to a plane: what both branches are made of. */
export function unit({ name, inputs, outputs, groups, enlarge, plane, group, seed }: UnitOptions): Sequence {
  const enlarged = ({ height, width }: PlaneSize) => ({ height: height * enlarge, width: width * enlarge })
  return sequence(
    projection(`${name}.0`, inputs, outputs, group, seed),
    new GroupNorm({ name: `${name}.1`, channels: outputs, groups, epsilon: NORM_EPSILON, group }),
    ...(enlarge === 1 ? [] : [new Resize('bilinear-half-pixel', enlarged), new Crop(plane)]),
    new Activation('relu'),
  )
}

/** A 1×1 convolution without bias, its weights uniform in ±1/√inputs. */
export function projection(name: string, inputs: number, outputs: number, group: string, seed: number): Convolution {
  return new Convolution({ name, inputs, outputs, group, ...pointwise }, torchDefault(seed), null)
}

/** Geometry of a 1×1 convolution. */
export const pointwise = { kind: 'full', kernel: 1, stride: 1, dilation: 1, padding: 'none' } as const
