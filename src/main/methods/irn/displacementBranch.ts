import type { Tensor } from '@tensorflow/tfjs'
import { joinChannels, splitChannels } from '../../nn/channels'
import { constant } from '../../nn/initializers'
import type { Pass } from '../../nn/layer'
import { sequence, type Sequence } from '../../nn/layers/sequence'
import { subtract } from '../../nn/ops'
import { Parameter, type ParameterOptions } from '../../nn/parameter'
import { disposeAll, planeOf, type PlaneSize, replace } from '../../nn/tensors'
import { Joined } from './joined'
import { EDGE_STRIDE, type SideTap } from './sideTaps'
import { projection, unit } from './unit'

/** The optimizer's group of the displacement branch. */
export const DISPLACEMENT_GROUP = 'displacement'

/** Channels and groups of the units on the five taps, then of the two that join them. */
const WIDTHS = [64, 128, 256, 256, 256, 256, 256] as const
const GROUPS = [8, 16, 16, 16, 16, 16, 16] as const
/** Pixels a step spans where the three deep taps meet. */
const DEEP_STRIDE = 8

/**
 * For every fourth pixel the way to the centre of its object, in cells: dy, dx (arXiv:1904.05044, section 4.1;
 * jiwoon-ahn/irn net/resnet50_irn.py `fc_dp1` … `fc_dp7`). Out of training its mean over the dataset is taken away.
 */
export class DisplacementBranch {
  readonly parameters: readonly Parameter[]
  /** `[2]`: the mean that is taken away; 0 until it is measured. */
  readonly shift: Parameter
  readonly #shallow: Joined
  readonly #deep: Joined
  readonly #enlarged: Sequence
  readonly #last: Sequence
  #finePlane: PlaneSize = { height: 0, width: 0 }
  #deepPlane: PlaneSize = { height: 0, width: 0 }

  constructor(taps: readonly SideTap[], seed: number) {
    const make = (place: number, inputs: number, enlarge: number, plane: () => PlaneSize) =>
      unit({
        ...{ name: `fc_dp${place + 1}`, inputs, outputs: WIDTHS[place]!, groups: GROUPS[place]! },
        ...{ enlarge, plane, group: DISPLACEMENT_GROUP, seed },
      })
    const fine = () => this.#finePlane
    const side = (place: number, stride: number, plane: () => PlaneSize) =>
      make(place, taps[place]!.channels, taps[place]!.stride / stride, plane)
    const joined = (places: readonly number[], stride: number, plane: () => PlaneSize) =>
      new Joined(
        places.map(place => side(place, stride, plane)),
        places.map(place => WIDTHS[place]!),
      )
    this.#shallow = joined([0, 1], EDGE_STRIDE, fine)
    this.#deep = joined([2, 3, 4], DEEP_STRIDE, () => this.#deepPlane)
    this.#enlarged = make(5, WIDTHS[2] + WIDTHS[3] + WIDTHS[4], DEEP_STRIDE / EDGE_STRIDE, fine)
    const last = projection('fc_dp7.3', WIDTHS[6], 2, DISPLACEMENT_GROUP, seed)
    this.#last = sequence(make(6, WIDTHS[0] + WIDTHS[1] + WIDTHS[5], 1, fine), last)
    this.shift = new Parameter(shiftOptions, constant(0)(shiftOptions))
    const learned = [this.#shallow, this.#deep, this.#enlarged, this.#last].flatMap(({ parameters }) => parameters)
    this.parameters = [...learned, this.shift]
  }

  /**
   * @param features at the taps, `[n, h, w, channels]`, not consumed; the second has the plane of the result
   * @returns `[n, h, w, 2]`
   */
  forward(features: readonly Tensor[], pass: Pass): Tensor {
    this.#finePlane = planeOf(features[1]!)
    this.#deepPlane = planeOf(features[2]!)
    const inner = { ...pass, inputGradient: pass.backward }
    const shallow = this.#shallow.forward(features.slice(0, 2), pass)
    const enlarged = this.#enlarged.forward(this.#deep.forward(features.slice(2), pass), inner)
    const joined = joinChannels([shallow, enlarged])
    disposeAll(shallow, enlarged)
    const y = this.#last.forward(joined, inner)
    return pass.training ? y : replace(y, subtract(y, this.shift.value))
  }

  /** @param dy gradient of the displacements, consumed */
  backward(dy: Tensor): void {
    const joined = this.#last.backward(dy)!
    const [shallow, enlarged] = splitChannels(joined, [WIDTHS[0] + WIDTHS[1], WIDTHS[5]]) as [Tensor, Tensor]
    joined.dispose()
    this.#shallow.backward(shallow)
    this.#deep.backward(this.#enlarged.backward(enlarged)!)
  }

  discard(): void {
    for (const part of [this.#shallow, this.#deep, this.#enlarged, this.#last]) part.discard()
  }

  dispose(): void {
    for (const part of [this.#shallow, this.#deep, this.#enlarged, this.#last]) part.dispose()
    this.shift.dispose()
  }
}

const shiftOptions: ParameterOptions = {
  name: 'mean_shift.running_mean',
  shape: [2],
  layout: 'vector',
  group: DISPLACEMENT_GROUP,
  learned: false,
}
