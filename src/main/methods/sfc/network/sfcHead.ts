import type { Tensor } from '@tensorflow/tfjs'
import { torchDefault, type Initializer } from '../../../nn/initializers'
import { Parameter, type ParameterOptions } from '../../../nn/parameter'

/** The optimizer's group of what SFC adds to the backbone; it learns ten times as fast. */
export const HEAD_GROUP = 'head'

/** What SFC adds to a backbone. */
export interface SfcHeadShape {
  readonly classes: number
  /** Channels of the features at each depth, the deepest last: that one the classifier reads. */
  readonly tapChannels: readonly number[]
  /** Channels that each side convolution gives. */
  readonly sideWidths: readonly number[]
  /** Channels of the affinity's features f9; 0: no affinity, the maps stay as they are. */
  readonly affinityWidth: number
}

/** SFC's own 1×1 convolutions, none with a bias: the classifier, f9 and one at each depth. */
export class SfcHead {
  /** `[1, 1, d, classes]` */
  readonly classifier: Parameter
  /** `[1, 1, 3 + d, affinityWidth]`; null without affinity */
  readonly affinity: Parameter | null
  /** `[1, 1, d_i, sideWidths_i]` */
  readonly sides: readonly Parameter[]

  constructor(
    readonly shape: SfcHeadShape,
    seed: number,
  ) {
    const { classes, tapChannels, sideWidths, affinityWidth } = shape
    const deepest = tapChannels.at(-1)!
    const initial = torchDefault(seed)
    this.classifier = convolutionWeight('classifier', deepest, classes, initial)
    this.affinity = affinityWidth === 0 ? null : convolutionWeight('f9', 3 + deepest, affinityWidth, initial)
    this.sides = tapChannels.map((channels, i) => convolutionWeight(`side${i + 1}`, channels, sideWidths[i]!, initial))
  }

  get parameters(): readonly Parameter[] {
    return [this.classifier, ...(this.affinity === null ? [] : [this.affinity]), ...this.sides]
  }

  /** The classifier's weight as a matrix `[d, classes]`, a view within the caller's tidy. */
  classifierMatrix(): Tensor {
    const [, , inputs, outputs] = this.classifier.shape as [number, number, number, number]
    return this.classifier.value.reshape([inputs, outputs])
  }

  dispose(): void {
    for (const parameter of this.parameters) parameter.dispose()
  }
}

/** torch's own start for a convolution, ±1/√inputs. */
function convolutionWeight(name: string, inputs: number, outputs: number, initial: Initializer): Parameter {
  const options: ParameterOptions = {
    name: `${name}.weight`,
    shape: [1, 1, inputs, outputs],
    layout: 'conv',
    group: HEAD_GROUP,
    learned: true,
  }
  return new Parameter(options, initial(options))
}
